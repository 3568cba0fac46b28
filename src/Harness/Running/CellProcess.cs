using System.Diagnostics;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>One cell's child process: started, listened to, stopped, and its end made into a result whatever it was.</summary>
/// <param name="folder">The cell's folder, with its cell.json.</param>
/// <param name="settings">Where things are.</param>
/// <param name="compute">Device and threads.</param>
/// <param name="hear">Told of each message.</param>
public sealed class CellProcess(CellFolder folder, ChildSettings settings, ComputeOptions compute, Action<CellMessage> hear)
{
    private const int KeptLines = 40;

    /// <summary>How long a child may take to end once it is asked to; it looks between steps.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly Queue<string> tail = new();
    private int lastEpoch;

    /// <summary>Runs the cell to its end.</summary>
    /// <param name="stop">Set to ask it to stop and keep its checkpoint.</param>
    /// <returns>result.json as the child wrote it, or as its parent did for it; with outcome Cancelled it is not written.</returns>
    public async Task<CellResult> RunAsync(CancellationToken stop)
    {
        var info = HarnessProcess.StartInfo(
            ["cell", folder.Path, $"--device={compute.Device}", $"--threads={compute.Threads}", .. settings.Arguments()],
            ChildSettings.Environment(compute.Threads));
        using var process = Process.Start(info)!;
        // Its standard input is a leash: when it closes, by us or by our death, the child stops.
        await using var asked = stop.Register(process.StandardInput.Close);
        using var killed = new CancellationTokenSource();
        await using var late = stop.Register(() => killed.CancelAfter(Grace));
        await using var kill = killed.Token.Register(process.Kill);

        await Task.WhenAll(ListenAsync(process.StandardOutput), KeepAsync(process.StandardError));
        await process.WaitForExitAsync(CancellationToken.None);

        if (folder.ReadResult() is { } result) return result;
        var (outcome, message) = Verdict(process.ExitCode, stop.IsCancellationRequested, tail.LastOrDefault());
        result = new() { Outcome = outcome, Epochs = lastEpoch, Message = message, ExitCode = process.ExitCode, LogTail = [.. tail] };
        if (outcome != Outcome.Cancelled) folder.WriteResult(result);
        return result;
    }

    private static (Outcome, string) Verdict(int exitCode, bool stopped, string? lastWords)
    {
        const int Signal = 128;
        return exitCode switch
        {
            ExitCode.Cancelled => (Outcome.Cancelled, "It was stopped; the same command continues it."),
            Signal + 9 when stopped => (Outcome.Cancelled, "It did not stop in time and was killed; the same command continues it from its checkpoint."),
            Signal + 9 => (Outcome.OutOfMemory, "The process was killed by signal 9 (SIGKILL): the system does so when memory runs out."),
            Signal + 1 or Signal + 2 or Signal + 15 => (Outcome.Cancelled, $"The process was ended from outside by signal {exitCode - Signal}{SignalName(exitCode - Signal)}; the same command continues it."),
            > Signal and < Signal + 65 => (Outcome.NativeAbort, $"The process was ended by signal {exitCode - Signal}{SignalName(exitCode - Signal)}: an error in native code."),
            ExitCode.Invalid or ExitCode.NothingRan when lastWords is not null => (Outcome.Failed, lastWords),
            _ => (Outcome.Failed, $"The process ended with exit code {exitCode} and left no result."),
        };
    }

    private static string SignalName(int signal) => signal switch { 1 => " (SIGHUP)", 2 => " (SIGINT)", 4 => " (SIGILL)", 6 => " (SIGABRT)", 7 => " (SIGBUS)", 8 => " (SIGFPE)", 11 => " (SIGSEGV)", 15 => " (SIGTERM)", _ => "" };

    private async Task ListenAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
            if (CellMessage.FromLine(line) is { } message)
            {
                if (message is CellMessage.Trained trained) lastEpoch = trained.Epoch;
                hear(message);
            }
            else
            {
                Keep(line);
            }
    }

    private async Task KeepAsync(StreamReader error)
    {
        while (await error.ReadLineAsync() is { } line) Keep(line);
    }

    private void Keep(string line)
    {
        lock (tail)
        {
            tail.Enqueue(line);
            if (tail.Count > KeptLines) tail.Dequeue();
        }
    }
}
