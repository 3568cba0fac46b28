using System.Threading.Channels;
using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>
/// Has the report made again when cells have ended, beside the run: nobody waits for it, ends that come while it is made are one more making, and it gets no more
/// than a tenth of the time, since making the report of many cells takes a processor from their training.
/// </summary>
public sealed class ReportInBackground : IRunObserver
{
    /// <summary>Rest after a making, in its lengths.</summary>
    private const double Rest = 9;

    private readonly Channel<bool> wanted = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource ending = new();
    private readonly Func<bool> write;
    private readonly TimeProvider clock;
    private readonly Task writing;

    /// <summary>Starts to wait for ends.</summary>
    /// <param name="write">Makes the report from the folder as it is then, and says whether it could; throws nothing.</param>
    /// <param name="clock">Tells how long a making takes.</param>
    public ReportInBackground(Func<bool> write, TimeProvider clock)
    {
        (this.write, this.clock) = (write, clock);
        writing = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device)
    {
    }

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone)
    {
    }

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result) => wanted.Writer.TryWrite(true);

    /// <summary>Makes the last one, when all is over.</summary>
    /// <returns>Whether it could be written.</returns>
    public async Task<bool> FinishAsync()
    {
        await ending.CancelAsync();
        await writing;
        ending.Dispose();
        return write();
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var _ in wanted.Reader.ReadAllAsync(ending.Token))
            {
                var start = clock.GetTimestamp();
                write();
                await Task.Delay(clock.GetElapsedTime(start) * Rest, clock, ending.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The last one is made by who ends it.
        }
    }
}
