using Harness.Fetching;

namespace Harness.Commands;

/// <summary>Progress where nobody watches a terminal: sentences, and every few seconds a line of how far a file is.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="clock">Tells when the next line is due.</param>
public sealed class FetchLines(TextWriter output, TimeProvider clock) : IFetchProgress
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    private string file = "";
    private long lineAt;
    private long bytesThen;

    /// <inheritdoc/>
    public void Begin(string name)
    {
        file = name;
        lineAt = clock.GetTimestamp();
        bytesThen = -1;
    }

    /// <inheritdoc/>
    public void At(long bytes, long? total)
    {
        // Speed is of what is received now: the first call tells where this try began.
        if (bytesThen < 0 || bytes < bytesThen) bytesThen = bytes;
        var passed = clock.GetElapsedTime(lineAt);
        if (passed < Every) return;
        var speed = ByteCount.Text((bytes - bytesThen) / passed.TotalSeconds);
        Say($"{file}: {ByteCount.Text(bytes)}{(total is { } all ? $" of {ByteCount.Text(all)}" : "")}, {speed}/s");
        lineAt = clock.GetTimestamp();
        bytesThen = bytes;
    }

    /// <inheritdoc/>
    public void End()
    {
    }

    /// <inheritdoc/>
    public void Say(string sentence)
    {
        output.WriteLine(sentence);
        output.Flush();
    }
}
