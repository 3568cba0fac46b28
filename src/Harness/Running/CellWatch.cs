using Harness.Manifests;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>
/// Judges whether a cell's process keeps to its limits, by what it says and what it holds. Looked at again and again; time between two looks counts for little where there was much of
/// it, since then nobody was awake: a laptop with its lid closed, a machine that was stopped. Nor does it matter what the clock on the wall is set to.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="clock">Its timestamps are what counts.</param>
public sealed class CellWatch(CellLimits limits, TimeProvider clock)
{
    /// <summary>No more of the time between two looks counts.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);

    /// <summary>A process that has said nothing yet is still being loaded, which a busy machine with slow disks may take long for.</summary>
    public static readonly TimeSpan ToBegin = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private long lastLook = clock.GetTimestamp();
    private TimeSpan awake;
    private TimeSpan heardAt;
    private TimeSpan progressAt;
    private CellMessage.Beat? beat;
    private bool timedOut;

    /// <summary>Time that the process had, both of us awake.</summary>
    public TimeSpan Awake
    {
        get
        {
            lock (gate) return awake;
        }
    }

    /// <summary>The process said something.</summary>
    /// <param name="message">What.</param>
    public void Heard(CellMessage message)
    {
        lock (gate)
        {
            heardAt = awake;
            // Whatever is no beat is said by the working thread itself.
            if (message is not CellMessage.Beat now || now.Progress != beat?.Progress) progressAt = awake;
            beat = message as CellMessage.Beat ?? beat;
        }
    }

    /// <summary>Judges.</summary>
    /// <param name="residentBytes">Memory that the process holds.</param>
    /// <returns>Why it must end, or null. That its time is up is said once.</returns>
    public Judgement? Look(long residentBytes)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var passed = clock.GetElapsedTime(lastLook, now);
            lastLook = now;
            awake += passed < LongestGap ? passed : LongestGap;

            if (limits.Memory is { } memory && residentBytes > memory.Bytes)
                return new(Outcome.OutOfMemory, $"The process held {new ByteSize(residentBytes)} of memory, and 'limits: memory' gives it {memory}; it was killed.", AtOnce: true);
            var patience = beat is null && ToBegin > limits.Stall ? ToBegin : limits.Stall;
            if (awake - heardAt >= patience)
                return new(Outcome.Stalled, $"Nothing was heard of the process for {Duration.Text(awake - heardAt)}, so that it was stopped or hung as a whole{Where(": ")}; it was killed.", AtOnce: true);
            if (awake - progressAt >= patience)
                return new(Outcome.Stalled, $"The process got no further for {Duration.Text(awake - progressAt)}{Where(": ")}; it was killed.", AtOnce: true);
            if (limits.Cell is not { } time || awake < time || timedOut) return null;
            timedOut = true;
            return new(Outcome.Timeout, $"Its time, {Duration.Text(time)} by 'limits: cell', was up{Where(" while ")}; the next run continues it.", AtOnce: false);
        }
    }

    private string Where(string before) => beat switch
    {
        null => "",
        { Doing: "training" } => $"{before}it was training epoch {beat.Epoch}, step {beat.Step} of {beat.Steps}",
        { Epoch: 0 } => $"{before}it was {beat.Doing}",
        _ => $"{before}it was {beat.Doing} in epoch {beat.Epoch}",
    };
}
