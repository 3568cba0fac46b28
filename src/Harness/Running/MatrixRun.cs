using Harness.Results;
using Microsoft.Extensions.Logging;

namespace Harness.Running;

/// <summary>Takes a planned matrix to its end: cells that are finished are left alone, the others run each in a process of its own.</summary>
/// <param name="folder">The run folder, with its plan written.</param>
/// <param name="settings">Where things are.</param>
/// <param name="compute">Device, cells at once, threads.</param>
/// <param name="observer">Told of everything that happens to a cell.</param>
/// <param name="clock">By which limits are kept.</param>
/// <param name="log">The run's log, for what is no cell's business.</param>
public sealed class MatrixRun(RunFolder folder, ChildSettings settings, ComputeOptions compute, IRunObserver observer, TimeProvider clock, ILogger<MatrixRun> log)
{
    private readonly Lock telling = new();
    private readonly Dictionary<string, Retries> retries = [];

    /// <summary>Runs what is not finished.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="stop">Set to stop: running cells keep their checkpoints.</param>
    public async Task RunAsync(PlanRecord plan, CancellationToken stop)
    {
        // Two rows of a manifest may be the same cell under two names; it is run once.
        var cells = plan.Cells.DistinctBy(c => c.Key).ToList();
        var open = cells.Where(c => !CellStanding.Of(folder.Cell(c.Key)).IsFinished).ToDictionary(c => c.Key);
        if (open.Count < cells.Count) log.LogInformation("{Finished} of {Count} cells are finished already and stay as they are", cells.Count - open.Count, cells.Count);

        var scheduler = new Scheduler([new(compute.Device, compute.Jobs)], [.. open.Keys.Select(key => new WaitingCell(key, compute.DeviceKind))]);
        var running = new List<Task<(PlannedCell Cell, CellResult? Result)>>();
        while (true)
        {
            while (!stop.IsCancellationRequested && scheduler.Next(scheduler.Waiting.Select(c => c.Key)) is { } place)
                running.Add(RunCellAsync(open[place.Key], place.Device, stop));
            if (running.Count == 0) return;
            var ended = await Task.WhenAny(running);
            running.Remove(ended);
            var (cell, result) = await ended;
            scheduler.Ended(cell.Key);
            if (result is not null) Settle(cell, result, scheduler);
        }
    }

    /// <summary>One try of a cell.</summary>
    /// <returns>How it ended, or null where its folder cannot be written to.</returns>
    private async Task<(PlannedCell Cell, CellResult? Result)> RunCellAsync(PlannedCell cell, string device, CancellationToken stop)
    {
        try
        {
            await Task.Yield();   // what follows waits for the disk, and the next cell is not to wait for that
            var cellFolder = folder.Cell(cell.Key);
            var standing = CellStanding.Of(cellFolder);
            if (standing.Damage is { } damage)
            {
                log.LogWarning("{Cell}: begins anew. {Damage}", cell.Spec.Name, damage);
                cellFolder.Clear();
            }
            lock (retries)
                retries.TryAdd(cell.Key, new(cell.Spec.Retry, standing.Result is { } before ? [.. before.Earlier, Retries.AsAttempt(before)] : []));
            cellFolder.DeleteResult();
            cellFolder.WriteSpec(cell.Spec);
            if (cell.Identity is not null) cellFolder.WriteIdentity(cell.Identity);
            Tell(o => o.Started(cell, device));
            return (cell, await new CellProcess(
                cellFolder, cell.Spec.Limits, settings, device, compute.Threads, clock, message => Tell(o => o.Heard(cell, message))).RunAsync(stop));
        }
        catch (Exception e) when (IsOfTheFolder(e))
        {
            NotKept(cell, e);
            return (cell, null);
        }
    }

    /// <summary>Puts a cell that gets another try back, and keeps the result of one that does not.</summary>
    private void Settle(PlannedCell cell, CellResult result, Scheduler scheduler)
    {
        var tries = retries[cell.Key];
        if (tries.Again(result))
        {
            Tell(o => o.Retried(cell, result, tries.Alone));
            scheduler.PutBack(cell.Key, tries.Alone);
            return;
        }
        try
        {
            result = result with { Earlier = tries.Earlier };
            var cellFolder = folder.Cell(cell.Key);
            // The child has written its own; what it cannot know is how often it was tried.
            if (result.Outcome != Outcome.Cancelled && (result.Earlier.Count > 0 || !File.Exists(cellFolder.ResultPath))) cellFolder.WriteResult(result);
        }
        catch (Exception e) when (IsOfTheFolder(e))
        {
            NotKept(cell, e);
        }
        Tell(o => o.Ended(cell, result));
    }

    private static bool IsOfTheFolder(Exception e) => e is IOException or UnauthorizedAccessException or RunFolderException;

    // A full disk costs this cell, which the next run takes up again; the others may still find room.
    private void NotKept(PlannedCell cell, Exception e) => log.LogError("{Cell}: its result is not kept: {Reason}", cell.Spec.Name, e.Message);

    // Cells end on whatever thread their process's end is seen on; an observer hears of one thing at a time.
    private void Tell(Action<IRunObserver> what)
    {
        lock (telling) what(observer);
    }
}
