using Harness.Manifests;
using Harness.Planning;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Training;
using Microsoft.Extensions.Logging;

namespace Harness.Commands;

/// <summary>
/// What a child finds out of a run's open cells: first whether they can be opened and built, which the run waits for; then, beside the run, what they cost and how long a few of their
/// training steps take. A single cell has no order and tells its own time, so it is only checked.
/// </summary>
public sealed class RunPreflight
{
    private readonly IReadOnlyList<PlannedCell> open;
    private readonly ProbedSpeeds probed;
    private readonly PreflightProcess process;
    private readonly PreflightTask task;

    /// <summary>Decides what it is to find out.</summary>
    /// <param name="process">The child, as yet without a task; stays the caller's.</param>
    /// <param name="open">The cells that are not finished.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="compute">The devices.</param>
    public RunPreflight(PreflightProcess process, IReadOnlyList<PlannedCell> open, RunFolder folder, ComputeOptions compute)
    {
        (this.process, this.open) = (process, open);
        probed = new(folder);
        var beside = open.DistinctBy(c => c.Key).Count() > 1;
        var unknown = open.Where(c => probed.SecondsOfAnImage(c.Spec, Kind(c)) is null && !HasTimings(folder.Cell(c.Key))).DistinctBy(c => c.Spec.Name);
        task = new()
        {
            Cells = [.. open.Select(c => c.Spec)],
            Check = true,
            Count = beside,
            Time = beside ? unknown.ToDictionary(c => c.Spec.Name, c => compute.Devices.First(d => d.Kind == Kind(c)).Name) : [],
        };
    }

    /// <summary>
    /// Options that an architecture refuses end the run here, before anything is written: the user is still there to mend them. Missing data and faults in a plugin cost their own
    /// cells only.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="log">Told of faults.</param>
    /// <param name="stop">Ends the child.</param>
    /// <exception cref="ManifestException">Options are refused.</exception>
    public async Task CheckAsync(Plan plan, ILogger log, CancellationToken stop)
    {
        await process.BeginAsync(task, stop);
        var findings = await process.Until(PreflightStage.Check);
        if (findings.Where(f => f.Option is not null).ToList() is { Count: > 0 } refused)
            throw new ManifestException([.. refused.Select(f => RefusedOption.Error(plan, f))]);
        foreach (var finding in findings.Where(f => f.Fault is not null))
            log.LogError("{Cells}: {Fault}", CellNames.Short(finding.Cells), finding.Fault);
    }

    /// <summary>What it finds out beside the run.</summary>
    /// <param name="catalog">The plugins at hand.</param>
    /// <param name="data">The user's data folder.</param>
    public Forecast Forecast(PluginCatalog catalog, DataRoot data) => new(CostsAsync(catalog, data), SpeedsAsync());

    private async Task<IReadOnlyDictionary<string, CellCost>> CostsAsync(PluginCatalog catalog, DataRoot data)
    {
        var model = new CostModel(catalog, data, (await process.Until(PreflightStage.Count)).Where(f => f.Cost is not null).ToList(), speeds: null, assumedFlops: null);
        return open.Select(c => c.Spec).DistinctBy(c => c.Name).ToDictionary(c => c.Name, model.Of);
    }

    private async Task<IReadOnlyDictionary<string, double>> SpeedsAsync()
    {
        var byName = open.ToLookup(c => c.Spec.Name);
        var timed = (await process.Until(PreflightStage.Time)).Where(f => f.SecondsOfAnImage is not null).ToList();
        foreach (var finding in timed)
            foreach (var cell in finding.Cells.SelectMany(name => byName[name])) probed.Add(cell.Spec, Kind(cell), finding.SecondsOfAnImage!.Value);
        if (timed.Count > 0) Keep();
        return open.Select(c => (c.Spec.Name, Seconds: probed.SecondsOfAnImage(c.Spec, Kind(c)))).Where(c => c.Seconds is not null)
            .DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.Seconds!.Value);
    }

    private void Keep()
    {
        try
        {
            probed.Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run times them again.
        }
    }

    private static string Kind(PlannedCell cell) => cell.DeviceKind!;

    private static bool HasTimings(CellFolder folder) => CellStanding.Of(folder).Damage is null && folder.ReadTimings().Count > 0;
}
