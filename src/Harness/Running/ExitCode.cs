namespace Harness.Running;

/// <summary>Exit codes of the command line, as docs/command-line.md lists them.</summary>
public static class ExitCode
{
    /// <summary>All that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The run ended and the report is made, but some cells failed; or a data set's file could not be fetched, or is wrong.</summary>
    public const int SomeFailed = 1;

    /// <summary>The manifest, an option, a file or a name given is wrong, or a data set cannot be fetched; nothing was run or fetched.</summary>
    public const int Invalid = 2;

    /// <summary>Nothing could run: no cell finished, or libtorch cannot be loaded.</summary>
    public const int NothingRan = 3;

    /// <summary>The time given with --until or --budget was up before all was done; the same command continues.</summary>
    public const int TimeUp = 4;

    /// <summary>A fault of the harness itself, with its trace.</summary>
    public const int Fault = 70;

    /// <summary>Stopped by the user; the same command continues.</summary>
    public const int Cancelled = 130;
}
