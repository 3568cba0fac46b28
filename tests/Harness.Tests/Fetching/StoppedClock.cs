using System.Collections.Concurrent;

namespace Harness.Tests.Fetching;

/// <summary>A clock on which no time passes: waits end at once and are written down, silences end when a test says so.</summary>
/// <param name="silence">The time that is a silence; every other timer is a wait.</param>
internal sealed class StoppedClock(TimeSpan silence) : TimeProvider
{
    private readonly ConcurrentDictionary<Timer, bool> silences = new();

    /// <summary>Seconds of every wait so far.</summary>
    public ConcurrentQueue<double> Waits { get; } = new();

    /// <summary>What the clock shows.</summary>
    public TimeSpan Shows { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Shows.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        if (dueTime == silence)
        {
            silences[timer] = true;
        }
        else
        {
            Waits.Enqueue(dueTime.TotalSeconds);
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }
        return timer;
    }

    /// <summary>Whoever waits for a server hears that it has been silent for too long.</summary>
    public void EndSilences()
    {
        foreach (var timer in silences.Keys) timer.Fire();
    }

    private sealed class Timer(StoppedClock clock, Action fire) : ITimer
    {
        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => clock.silences.TryRemove(this, out _);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
