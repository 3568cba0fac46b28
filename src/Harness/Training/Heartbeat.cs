namespace Harness.Training;

/// <summary>Tells the parent every second how far the working thread is, from a thread of its own, until disposed.</summary>
public sealed class Heartbeat : IDisposable
{
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(1);

    private readonly Timer timer;

    /// <summary>Starts.</summary>
    /// <param name="activity">What is told.</param>
    /// <param name="tell">Tells it; called from any thread.</param>
    public Heartbeat(CellActivity activity, Action<CellMessage> tell) =>
        timer = new(_ => tell(activity.Beat(Environment.WorkingSet)), null, TimeSpan.Zero, BetweenBeats);

    /// <summary>Stops.</summary>
    public void Dispose() => timer.Dispose();
}
