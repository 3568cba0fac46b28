using Harness.Results;
using Microsoft.Extensions.Logging;

namespace Harness.Running;

/// <summary>Takes a planned matrix to its end: cells that are finished are left alone, the others run each in a process of its own.</summary>
/// <param name="folder">The run folder, with its plan written.</param>
/// <param name="settings">Where things are.</param>
/// <param name="compute">Device, cells at once, threads.</param>
/// <param name="observer">Told of everything that happens to a cell.</param>
/// <param name="log">The run's log, for what is no cell's business.</param>
public sealed class MatrixRun(RunFolder folder, ChildSettings settings, ComputeOptions compute, IRunObserver observer, ILogger<MatrixRun> log)
{
    private readonly Lock telling = new();

    /// <summary>Runs what is not finished.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stop">Set to stop: running cells keep their checkpoints.</param>
    public async Task RunAsync(PlanRecord plan, CancellationToken stop)
    {
        // Two rows of a manifest may be the same cell under two names; it is run once.
        var cells = plan.Cells.DistinctBy(c => c.Key).ToList();
        var open = cells.Where(c => !CellStanding.Of(folder.Cell(c.Key)).IsFinished).ToList();
        if (open.Count < cells.Count) log.LogInformation("{Finished} of {Count} cells are finished already and stay as they are", cells.Count - open.Count, cells.Count);

        using var places = new SemaphoreSlim(compute.Jobs);
        await Task.WhenAll(open.Select(async cell =>
        {
            await places.WaitAsync(CancellationToken.None);
            try
            {
                if (!stop.IsCancellationRequested) await RunCellAsync(cell, stop);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or RunFolderException)
            {
                // A full disk costs this cell, which the next run takes up again; the others may still find room.
                log.LogError("{Cell}: its result is not kept: {Reason}", cell.Spec.Name, e.Message);
            }
            finally
            {
                places.Release();
            }
        }));
    }

    private async Task RunCellAsync(PlannedCell cell, CancellationToken stop)
    {
        var cellFolder = folder.Cell(cell.Key);
        if (CellStanding.Of(cellFolder).Damage is { } damage)
        {
            log.LogWarning("{Cell}: begins anew. {Damage}", cell.Spec.Name, damage);
            cellFolder.Clear();
        }
        cellFolder.DeleteResult();
        cellFolder.WriteSpec(cell.Spec);
        if (cell.Identity is not null) cellFolder.WriteIdentity(cell.Identity);
        Tell(o => o.Started(cell, compute.Device));
        var result = await new CellProcess(cellFolder, settings, compute, message => Tell(o => o.Heard(cell, message))).RunAsync(stop);
        Tell(o => o.Ended(cell, result));
    }

    // Cells end on whatever thread their process's end is seen on; an observer hears of one thing at a time.
    private void Tell(Action<IRunObserver> what)
    {
        lock (telling) what(observer);
    }
}
