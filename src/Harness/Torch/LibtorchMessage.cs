namespace Harness.Torch;

/// <summary>Messages of libtorch's errors: a line or two of words, then a native stack trace with addresses that differ from process to process.</summary>
public static class LibtorchMessage
{
    /// <summary>Most errors say first where they were raised; those of the allocator begin with the frames.</summary>
    private static readonly string[] StackBegins = ["\nException raised from", "\nframe #0: "];

    /// <summary>The words alone, the same in every process; any other message as it is.</summary>
    /// <param name="message">An exception's message.</param>
    public static string WithoutStack(string message)
    {
        var ends = StackBegins.Select(begin => message.IndexOf(begin, StringComparison.Ordinal)).Where(at => at >= 0).ToArray();
        return (ends.Length == 0 ? message : message[..ends.Min()]).Trim();
    }
}
