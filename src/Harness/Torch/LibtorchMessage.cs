namespace Harness.Torch;

/// <summary>Messages of libtorch's errors: a line or two of words, then a native stack trace with addresses that differ from process to process.</summary>
public static class LibtorchMessage
{
    /// <summary>The words alone, the same in every process; any other message as it is.</summary>
    /// <param name="message">An exception's message.</param>
    public static string WithoutStack(string message)
    {
        var end = message.IndexOf("\nException raised from", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Trim();
    }
}
