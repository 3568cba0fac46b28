using Harness.Planning;
using Harness.Results;
using Harness.Training;
using Microsoft.Extensions.Logging;

namespace Harness.Running;

/// <summary>Takes a planned matrix to its end: cells that are finished are left alone, the others run each in a process of its own.</summary>
/// <param name="folder">The run folder, with its plan written.</param>
/// <param name="settings">Where things are.</param>
/// <param name="compute">Devices and threads.</param>
/// <param name="deadline">When it is to stop.</param>
/// <param name="observer">Told of everything that happens to a cell.</param>
/// <param name="clock">By which limits are kept.</param>
/// <param name="log">The run's log, for what is no cell's business.</param>
public sealed class MatrixRun(
    RunFolder folder, ChildSettings settings, ComputeOptions compute, Deadline deadline, IRunObserver observer, TimeProvider clock, ILogger<MatrixRun> log)
{
    private static readonly TimeSpan BetweenEstimates = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The order of cells hangs on what they cost, and before a deadline on how long they take, so the first are not started before that is known, or not for longer than this: the child
    /// that finds it out ends by then.
    /// </summary>
    private static readonly TimeSpan PatienceWithForecast = TimeSpan.FromSeconds(30);

    /// <summary>One cell may be at fault itself; two in a row are the device.</summary>
    private const int FaultsOfADevice = 2;

    private readonly Lock telling = new();
    private readonly CellEstimates estimates = new();
    private readonly Dictionary<string, Retries> retries = [];
    private readonly Dictionary<string, HashSet<string>> faults = [];

    /// <summary>Runs what is not finished.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="forecast">What is found out of cells beside the run, or null.</param>
    /// <param name="stop">Set to stop: running cells keep their checkpoints.</param>
    /// <returns>Whether it ended because its time was up.</returns>
    public async Task<bool> RunAsync(PlanRecord plan, Forecast? forecast, CancellationToken stop)
    {
        // Two rows of a manifest may be the same cell under two names; it is run once.
        var cells = plan.Cells.DistinctBy(c => c.Key).ToList();
        var open = cells.Where(c => Prepare(c)).ToDictionary(c => c.Key);
        if (open.Count < cells.Count) log.LogInformation("{Finished} of {Count} cells are finished already and stay as they are", cells.Count - open.Count, cells.Count);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var scheduler = new Scheduler(compute.Devices, [.. open.Values.Select(c => new WaitingCell(c.Key, KindOf(c)))]);
        // On a GPU a batch that is timed takes memory which a cell may need; processors are shared.
        if (forecast is not null)
            await Task.WhenAny(deadline.Left is null && compute.Kinds is ["cpu"] ? forecast.Costs : forecast.Speeds, Task.Delay(PatienceWithForecast, clock, ending.Token));

        var running = new List<Task<(PlannedCell Cell, string Device, CellResult? Result)>>();
        var (counted, timed) = (false, false);
        while (true)
        {
            if (deadline.IsOver && !ending.IsCancellationRequested)
            {
                log.LogWarning("The time is up: running cells finish their epoch or keep their last checkpoint; the same command continues.");
                await ending.CancelAsync();
            }
            if (!counted && forecast is { Costs.IsCompletedSuccessfully: true })
            {
                Learn(open.Values, forecast.Costs.Result, scheduler);
                counted = true;
            }
            if (counted && !timed && forecast is { Speeds.IsCompletedSuccessfully: true })
            {
                Learn(open.Values, forecast.Costs.Result, forecast.Speeds.Result);
                timed = true;
            }
            while (!ending.IsCancellationRequested && scheduler.Next(Order(scheduler)) is { } place)
                running.Add(RunCellAsync(open[place.Key], place.Device, ending.Token));
            if (running.Count == 0) break;

            var tick = Task.Delay(BetweenEstimates, clock, CancellationToken.None);
            await Task.WhenAny([.. running, tick]);
            foreach (var ended in running.Where(r => r.IsCompleted).ToList())
            {
                running.Remove(ended);
                var (cell, device, result) = await ended;
                scheduler.Ended(cell.Key);
                if (result is not null) Settle(cell, device, result, scheduler);
            }
            Tell(o => o.Estimated(Estimate(scheduler)));
        }
        if (stop.IsCancellationRequested) return false;
        foreach (var cell in scheduler.Stranded)
            log.LogError("{Cell}: no device of its kind, {Kind}, is left; the next run takes it up", open[cell.Key].Spec.Name, cell.Kind);
        var late = scheduler.Waiting.Count - scheduler.Stranded.Count;
        if (late > 0) log.LogWarning("{Count} cells were not started, since no epoch of theirs would have ended in the time left", late);
        return deadline.IsOver || late > 0;
    }

    /// <summary>Whether a cell is open; then what is known of its speed is taken in.</summary>
    private bool Prepare(PlannedCell cell)
    {
        var cellFolder = folder.Cell(cell.Key);
        var standing = CellStanding.Of(cellFolder);
        if (!standing.IsFinished) estimates.Add(cell, standing.Damage is null ? cellFolder.ReadTimings() : []);
        return !standing.IsFinished;
    }

    private void Learn(IEnumerable<PlannedCell> open, IReadOnlyDictionary<string, CellCost> costs, Scheduler scheduler)
    {
        foreach (var cell in open)
        {
            if (!costs.TryGetValue(cell.Spec.Name, out var cost)) continue;
            if (cost.TrainingFlops / cost.Epochs is { } training && cost.MeasuringFlops / cost.MeasuredEpochs is { } measuring)
                lock (telling) estimates.Count(cell.Key, (training, measuring));
            scheduler.Learn(new(cell.Key, KindOf(cell), cost.DeviceBytes, cost.TrainingFlops / cost.Epochs / cost.TrainImages * cost.BatchSize));
        }
    }

    private void Learn(IEnumerable<PlannedCell> open, IReadOnlyDictionary<string, CellCost> costs, IReadOnlyDictionary<string, double> speeds)
    {
        lock (telling)
            foreach (var cell in open)
                if (speeds.TryGetValue(cell.Spec.Name, out var seconds) && costs[cell.Spec.Name].TrainImages is { } images) estimates.Time(cell.Key, TimeSpan.FromSeconds(seconds * images));
    }

    private IReadOnlyList<string> Order(Scheduler scheduler)
    {
        lock (telling)
        {
            if (deadline.Left is not { } left) return CellOrder.LongestFirst([.. scheduler.Waiting.Select(c => c.Key)], estimates.Left, estimates.Work);
            // Kinds do not wait for each other.
            return [.. scheduler.Waiting.GroupBy(c => c.Kind).SelectMany(same => CellOrder.MostBefore(
                [.. same.Select(c => c.Key)], estimates.Left, estimates.Work, estimates.FirstEpoch, left, BusyFor(scheduler, same.Key)))];
        }
    }

    private RunEstimate Estimate(Scheduler scheduler)
    {
        var running = compute.Kinds.SelectMany(scheduler.Places).OfType<string>();
        var left = scheduler.Waiting.Select(c => c.Key).Concat(running).Select(key => (Key: key, Left: estimates.Left(key))).ToList();
        TimeSpan? whole = left.All(c => c.Left is not null)
            ? compute.Kinds.Max(kind => CellOrder.LastEnd(
                scheduler.Waiting.Where(c => c.Kind == kind).Select(c => estimates.Left(c.Key)!.Value).OrderDescending(), BusyFor(scheduler, kind)))
            : null;
        return new(left.Where(c => c.Left is not null).ToDictionary(c => c.Key, c => c.Left!.Value), whole);
    }

    private List<TimeSpan> BusyFor(Scheduler scheduler, string kind) =>
        [.. scheduler.Places(kind).Select(key => key is null ? TimeSpan.Zero : estimates.Left(key) ?? TimeSpan.Zero)];

    /// <summary>One try of a cell.</summary>
    /// <returns>How it ended; null where its folder cannot be written to.</returns>
    private async Task<(PlannedCell Cell, string Device, CellResult? Result)> RunCellAsync(PlannedCell cell, string device, CancellationToken stop)
    {
        try
        {
            var cellFolder = folder.Cell(cell.Key);
            var standing = CellStanding.Of(cellFolder);
            if (standing.Damage is { } damage)
            {
                log.LogWarning("{Cell}: begins anew. {Damage}", cell.Spec.Name, damage);
                cellFolder.Clear();
            }
            retries.TryAdd(cell.Key, new(cell.Spec.Retry, standing.Result is { } before ? [.. before.Earlier, Retries.AsAttempt(before)] : []));
            cellFolder.DeleteResult();
            cellFolder.WriteSpec(cell.Spec);
            if (cell.Identity is not null) cellFolder.WriteIdentity(cell.Identity);
            Tell(o => o.Started(cell, device));
            return (cell, device, await new CellProcess(cellFolder, cell.Spec.Limits, settings, device, compute.Threads, clock, message => Hear(cell, message)).RunAsync(stop));
        }
        catch (Exception e) when (IsOfTheFolder(e))
        {
            NotKept(cell, e);
            return (cell, device, null);
        }
    }

    /// <summary>Puts a cell that gets another try back, and keeps the result of one that does not.</summary>
    private void Settle(PlannedCell cell, string device, CellResult result, Scheduler scheduler)
    {
        var tries = retries[cell.Key];
        if (result.Outcome == Outcome.DeviceFault) Blame(device, cell, result, scheduler);
        else faults.Remove(device);
        if (result.Outcome == Outcome.DeviceFault && scheduler.HasOther(cell.Key, device))
        {
            tries.Moves(result);
            Tell(o => o.Retried(cell, result, tries.Alone));
            scheduler.PutBack(cell.Key, tries.Alone, notOn: device);
            return;
        }
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

    private void Blame(string device, PlannedCell cell, CellResult result, Scheduler scheduler)
    {
        if (!faults.TryGetValue(device, out var cells)) cells = faults[device] = [];
        cells.Add(cell.Key);
        if (cells.Count < FaultsOfADevice) return;
        log.LogError("{Device} is taken out of service, since {Count} cells failed on it one after the other. {Reason}", device, cells.Count, result.Message);
        scheduler.Retire(device);
    }

    private string KindOf(PlannedCell cell) => cell.DeviceKind ?? compute.Kinds[0];

    private static bool IsOfTheFolder(Exception e) => e is IOException or UnauthorizedAccessException or RunFolderException;

    // A full disk costs this cell, which the next run takes up again; the others may still find room.
    private void NotKept(PlannedCell cell, Exception e) => log.LogError("{Cell}: its result is not kept: {Reason}", cell.Spec.Name, e.Message);

    private void Hear(PlannedCell cell, CellMessage message) => Tell(o =>
    {
        estimates.Heard(cell.Key, message);
        o.Heard(cell, message);
    });

    // Cells are heard and end on whatever thread it is; an observer hears of one thing at a time, and so do the estimates.
    private void Tell(Action<IRunObserver> what)
    {
        lock (telling) what(observer);
    }
}
