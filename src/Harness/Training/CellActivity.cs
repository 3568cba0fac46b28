namespace Harness.Training;

/// <summary>
/// What a cell's working thread is at, for another thread to tell. The count rises only with work that was done: that a process beats says little, that its count rises says that
/// it is not hung.
/// </summary>
public sealed class CellActivity
{
    private long progress;
    private volatile Place place = new("starting", 0, 0, 0);

    /// <summary>Something else begins; that is progress.</summary>
    /// <param name="doing">What, as it follows "it was": "loading training images", "measuring robustness".</param>
    public void Begins(string doing)
    {
        place = place with { Doing = doing };
        Tick();
    }

    /// <summary>A training step begins; that is progress.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="step">From 1.</param>
    /// <param name="steps">In the epoch.</param>
    public void Steps(int epoch, int step, int steps)
    {
        place = new("training", epoch, step, steps);
        Tick();
    }

    /// <summary>A piece of work was done: a batch, a chunk of images, a call into the network.</summary>
    public void Tick() => Interlocked.Increment(ref progress);

    /// <summary>All of it at this moment.</summary>
    /// <param name="memoryBytes">Resident memory of the process.</param>
    public CellMessage.Beat Beat(long memoryBytes)
    {
        var at = place;
        return new(Interlocked.Read(ref progress), at.Doing, at.Epoch, at.Step, at.Steps, memoryBytes);
    }

    private sealed record Place(string Doing, int Epoch, int Step, int Steps);
}
