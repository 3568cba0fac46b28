using Harness.Results;

namespace Harness.Running;

/// <summary>Makes out of how a process ended, which left no result of its own, how its cell ended.</summary>
public static class CellVerdict
{
    private const int Signal = 128;
    private const int Kill = 9;
    private const int HighestSignal = 64;

    /// <summary>The verdict.</summary>
    /// <param name="exitCode">The process's exit code; 128 + n for signal n.</param>
    /// <param name="stopped">The run was asked to stop, and asked it.</param>
    /// <param name="judgement">Why the parent ended it, or null.</param>
    /// <param name="memoryRanOut">The kernel ended some process for want of memory while this one ran.</param>
    /// <param name="lastWords">The last line it printed, or null.</param>
    /// <returns>How the cell ended, and why in a sentence.</returns>
    public static (Outcome Outcome, string Message) Of(int exitCode, bool stopped, Judgement? judgement, bool memoryRanOut, string? lastWords)
    {
        if (judgement is not null) return (judgement.Outcome, judgement.Message);
        var signal = exitCode - Signal;
        return exitCode switch
        {
            ExitCode.Cancelled => (Outcome.Cancelled, "It was stopped; the same command continues it."),
            Signal + Kill when stopped => (Outcome.Cancelled, "It did not stop in time and was killed; the same command continues it from its checkpoint."),
            Signal + Kill when memoryRanOut => (Outcome.OutOfMemory, "The system ran out of memory and killed the process (SIGKILL; the kernel's count of such kills rose)."),
            Signal + Kill or Signal + 1 or Signal + 2 or Signal + 15 =>
                (Outcome.Cancelled, $"The process was ended from outside by signal {signal}{SignalName(signal)}; the same command continues it."),
            > Signal and <= Signal + HighestSignal => (Outcome.NativeAbort, $"The process was ended by signal {signal}{SignalName(signal)}: an error in native code."),
            ExitCode.Done => (Outcome.Failed, "The process ended with exit code 0 before the cell was done, and left no result: something in it ended it."),
            ExitCode.Invalid or ExitCode.NothingRan when lastWords is not null => (Outcome.Failed, lastWords),
            _ => (Outcome.Failed, $"The process ended with exit code {exitCode} and left no result."),
        };
    }

    private static string SignalName(int signal) => signal switch
    {
        1 => " (SIGHUP)",
        2 => " (SIGINT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT)",
        7 => " (SIGBUS)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
