using Harness.Results;
using Harness.Training;
using Microsoft.Extensions.Logging;

namespace Harness.Running;

/// <summary>Takes a planned matrix to its end: cells that are finished are left alone, the others run each in a process of its own.</summary>
/// <param name="folder">The run folder, with its plan written.</param>
/// <param name="settings">Where things are.</param>
/// <param name="compute">Device, cells at once, threads.</param>
/// <param name="cellEnded">Called after each cell's end, one at a time: the report is made again.</param>
/// <param name="log">The console's and the run's log.</param>
public sealed class MatrixRun(RunFolder folder, ChildSettings settings, ComputeOptions compute, Action cellEnded, ILogger<MatrixRun> log)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim ending = new(1);

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
        log.LogInformation("{Cell}: starts", cell.Spec.Name);
        var result = await new CellProcess(cellFolder, settings, compute, Listener(cell)).RunAsync(stop);
        await ending.WaitAsync(CancellationToken.None);
        try
        {
            if (result.Outcome is Outcome.Done)
                log.LogInformation("{Cell}: done, {Phase}", cell.Spec.Name, result.TerminalPhaseEpoch is { } e ? $"terminal phase from epoch {e}" : "terminal phase not reached");
            else if (result.Outcome is Outcome.Cancelled) log.LogWarning("{Cell}: stopped after epoch {Epoch}", cell.Spec.Name, result.Epochs);
            else log.LogError("{Cell}: {Outcome} after epoch {Epoch}. {Message}", cell.Spec.Name, result.Outcome, result.Epochs, result.Message);
            cellEnded();
        }
        finally
        {
            ending.Release();
        }
    }

    private Action<CellMessage> Listener(PlannedCell cell)
    {
        var lastLine = TimeSpan.MinValue;
        var terminal = false;
        return message =>
        {
            switch (message)
            {
                case CellMessage.Started { Epoch: > 0 } started:
                    log.LogInformation("{Cell}: goes on after epoch {Epoch}", cell.Spec.Name, started.Epoch);
                    break;
                case CellMessage.Measured { TerminalPhaseEpoch: { } epoch } when !terminal:
                    terminal = true;
                    log.LogInformation("{Cell}: terminal phase since epoch {Epoch}", cell.Spec.Name, epoch);
                    break;
                case CellMessage.Trained trained when TimeSpan.FromMilliseconds(Environment.TickCount64) is var now && (lastLine == TimeSpan.MinValue || now - lastLine > BetweenLines):
                    lastLine = now;
                    log.LogInformation("{Cell}: epoch {Epoch}/{Epochs}, loss {Loss:g3}, training error {Error:p1}, {Speed:f0} images/s",
                        cell.Spec.Name, trained.Epoch, cell.Spec.Training.Epochs, trained.Loss, trained.Error, trained.ImagesPerSecond);
                    break;
            }
        };
    }
}
