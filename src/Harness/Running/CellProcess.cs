using System.Diagnostics;
using Harness.Manifests;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>One cell's child process: started, listened to, held to its limits, stopped, and its end made into a result whatever it was.</summary>
/// <param name="folder">The cell's folder, with its cell.json.</param>
/// <param name="limits">What it may use.</param>
/// <param name="settings">Where things are.</param>
/// <param name="device">Where it computes: "cpu" or "cuda:N".</param>
/// <param name="threads">Its threads.</param>
/// <param name="clock">By which its limits are kept.</param>
/// <param name="hear">Told of each message.</param>
public sealed class CellProcess(CellFolder folder, CellLimits limits, ChildSettings settings, string device, int threads, TimeProvider clock, Action<CellMessage> hear)
{
    private const int KeptLines = 40;
    private const int LongestMessage = 1 << 16;
    private const int LongestKeptLine = 2000;

    /// <summary>How long a child may take to end once it is asked to; it looks between steps.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Often enough that a process that takes memory in gigabytes a second is caught before the machine is.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>What a dead process wrote is there at once; only a process that it started itself may hold its streams open.</summary>
    private static readonly TimeSpan ToReadLastWords = TimeSpan.FromSeconds(5);

    private readonly Queue<string> tail = new();
    private readonly CellWatch watch = new(limits, clock);
    private int lastEpoch;

    /// <summary>Runs the cell to its end.</summary>
    /// <param name="stop">Set to ask it to stop and keep its checkpoint.</param>
    /// <returns>The result as the child wrote it, or as its exit code says. Nothing is written here.</returns>
    public async Task<CellResult> RunAsync(CancellationToken stop)
    {
        var killsBefore = OomKills.Count();
        var info = HarnessProcess.StartInfo(
            ["cell", folder.Path, $"--device={device}", $"--threads={threads}", .. settings.Arguments()], ChildSettings.Environment(threads));
        using var process = Process.Start(info)!;
        // Its standard input is a leash: when it closes, by us or by our death, the child stops.
        await using var asked = stop.Register(process.StandardInput.Close);

        var reading = Task.WhenAll(ListenAsync(process.StandardOutput), KeepAsync(process.StandardError));
        var judgement = await WatchAsync(process, stop);
        await Task.WhenAny(reading, Task.Delay(ToReadLastWords, clock, CancellationToken.None));

        if (folder.ReadResult() is { } result) return result;
        lock (tail)
        {
            var (outcome, message) = CellVerdict.Of(process.ExitCode, stop.IsCancellationRequested, judgement, OomKills.Count() > killsBefore, tail.LastOrDefault());
            return new() { Outcome = outcome, Epochs = lastEpoch, Message = message, ExitCode = process.ExitCode, LogTail = [.. tail] };
        }
    }

    /// <summary>Holds it to its limits until it has ended.</summary>
    /// <returns>Why it was ended, or null.</returns>
    private async Task<Judgement?> WatchAsync(Process process, CancellationToken stop)
    {
        Judgement? judgement = null;
        TimeSpan? askedAt = null;
        var ended = process.WaitForExitAsync(CancellationToken.None);
        while (true)
        {
            await Task.WhenAny(ended, Task.Delay(BetweenLooks, clock, CancellationToken.None));
            if (ended.IsCompleted) return judgement;
            // Asked to stop already, it need not be asked again for want of time.
            if (watch.Look(ResidentBytes(process)) is { } latest && (latest.AtOnce || !stop.IsCancellationRequested)) judgement = latest;
            if (judgement is { AtOnce: false }) process.StandardInput.Close();
            if (stop.IsCancellationRequested || judgement is { AtOnce: false }) askedAt ??= watch.Awake;
            if (judgement is not { AtOnce: true } && !(watch.Awake - askedAt > Grace)) continue;
            process.Kill(entireProcessTree: true);
            await ended;
            return judgement;
        }
    }

    private static long ResidentBytes(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0; // it has just ended
        }
    }

    private async Task ListenAsync(StreamReader output)
    {
        await foreach (var line in BoundedLines.ReadAsync(output, LongestMessage))
            if (CellMessage.FromLine(line) is { } message)
            {
                if (message is CellMessage.Trained trained) lastEpoch = trained.Epoch;
                watch.Heard(message);
                hear(message);
            }
            else
            {
                Keep(line);
            }
    }

    private async Task KeepAsync(StreamReader error)
    {
        await foreach (var line in BoundedLines.ReadAsync(error, LongestKeptLine)) Keep(line);
    }

    private void Keep(string line)
    {
        lock (tail)
        {
            tail.Enqueue(line.Length <= LongestKeptLine ? line : line[..LongestKeptLine]);
            if (tail.Count > KeptLines) tail.Dequeue();
        }
    }
}
