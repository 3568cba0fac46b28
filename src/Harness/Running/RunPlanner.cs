using System.Text.Json.Nodes;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Results;
using Harness.Torch;
using Harness.Training;

namespace Harness.Running;

/// <summary>Gives every cell of a plan its identity and gathers what a report needs to know of the plugins.</summary>
/// <param name="catalog">The plugins at hand.</param>
/// <param name="data">The user's data folder.</param>
/// <param name="compute">Devices and threads.</param>
/// <param name="kindOf">The kind of device that a cell runs on.</param>
/// <param name="libtorch">Where libtorch lies.</param>
public sealed class RunPlanner(PluginCatalog catalog, DataRoot data, ComputeOptions compute, Func<CellSpec, string> kindOf, LibtorchLocation libtorch)
{
    private readonly Dictionary<string, string> versions = new()
    {
        ["harness"] = HostVersions.Harness,
        ["contract"] = HostVersions.Contract,
        ["torchsharp"] = HostVersions.TorchSharp,
        ["libtorch"] = LibtorchFingerprint.Of(libtorch.Folder)[..16],
    };

    /// <summary>The plan with keys.</summary>
    /// <param name="plan">The resolved manifest.</param>
    public PlanRecord Make(Plan plan)
    {
        var datasets = plan.Cells.Select(c => c.Dataset).DistinctBy(d => d.Label).ToDictionary(d => d.Label, d => CellParts.MakeDataset(d, catalog));
        // An override may change a data set's options for some architectures, so the label alone does not say which images they are.
        var fingerprints = plan.Cells.SelectMany(SetsOf).DistinctBy(Content).ToDictionary(Content, d => Fingerprint(CellParts.MakeDataset(d, catalog)));
        return new()
        {
            Name = plan.Name,
            Cells = [.. plan.Cells.Select(cell => (Spec: cell, Identity: Identity(cell, use => fingerprints[Content(use)]))).Select(c => new PlannedCell(c.Identity.Key(), c.Spec, c.Identity.Content(), kindOf(c.Spec)))],
            Quantities = [.. plan.Cells.SelectMany(c => c.Metrics).DistinctBy(m => m.Plugin)
                .SelectMany(use => Quantities(use).Select(q => new QuantityRecord(use.Plugin, q)))],
            DatasetTitles = Titles(datasets),
        };
    }

    /// <summary>All that decides a cell's numbers.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="fingerprint">Fingerprint of the data of each set that it uses.</param>
    public CellIdentity Identity(CellSpec cell, Func<DatasetUse, string> fingerprint) => new()
    {
        Architecture = Plugin(PluginKind.Architecture, cell.Architecture.Plugin, cell.Architecture.Options),
        Dataset = Plugin(PluginKind.Dataset, cell.Dataset.Plugin, cell.Dataset.Options),
        Subsample = cell.Dataset.Subsample,
        DatasetFingerprint = fingerprint(cell.Dataset),
        OutOfDistribution = cell.OutOfDistribution is { } other
            ? new(Plugin(PluginKind.Dataset, other.Plugin, other.Options), other.Subsample, other.BroughtTo, fingerprint(other))
            : null,
        Seed = cell.Seed,
        Training = cell.Training.On(kindOf(cell)),
        MeasuredEpochs = cell.MeasuredEpochs,
        Metrics = [.. cell.Metrics.OrderBy(m => m.Plugin, StringComparer.Ordinal).Select(m => Plugin(PluginKind.Metric, m.Plugin, m.Options, m.At))],
        Versions = versions,
        DeviceKind = kindOf(cell),
        Threads = compute.Threads,
        Precision = cell.Training.On(kindOf(cell)).Precision.On(kindOf(cell)),
    };

    /// <summary>The plugins a plan uses, for the record.</summary>
    /// <param name="plan">The plan.</param>
    public IReadOnlyList<PluginRecord> PluginsOf(Plan plan) =>
    [
        .. plan.Cells.Select(c => (PluginKind.Architecture, c.Architecture.Plugin))
            .Concat(plan.Cells.SelectMany(SetsOf).Select(d => (PluginKind.Dataset, d.Plugin)))
            .Concat(plan.Cells.SelectMany(c => c.Metrics).Select(m => (PluginKind.Metric, m.Plugin)))
            .Distinct()
            .Select(p => catalog.Find(p.Item1, p.Plugin)!)
            .Select(p => new PluginRecord(p.Kind.ToString().ToLowerInvariant(), p.Name, p.Version, p.Hash)),
    ];

    private static IEnumerable<DatasetUse> SetsOf(CellSpec cell) => cell.OutOfDistribution is { } other ? [cell.Dataset, other] : [cell.Dataset];

    private static (string Plugin, string Options, ClassSelection? Classes, int? ImageSize, ImageShape? BroughtTo) Content(DatasetUse use) =>
        (use.Plugin, use.Options.ToJsonString(), use.Subsample.Classes, use.Subsample.ImageSize, use.BroughtTo);

    private IReadOnlyList<Quantity> Quantities(MetricUse use)
    {
        try
        {
            return CellParts.MakeMetric(use, catalog).Card.Quantities;
        }
        catch (Exception e)
        {
            throw new RefusedPlanException($"Metric '{use.Plugin}' cannot say what it measures: {CellFault.Sentence(e)}", e);
        }
    }

    /// <summary>The authors' names; where a plugin is used under several labels, the label tells them apart.</summary>
    private static Dictionary<string, string> Titles(Dictionary<string, IDataset> datasets) => datasets.ToDictionary(
        d => d.Key,
        d => datasets.Values.Count(other => other.Card.Title == d.Value.Card.Title) == 1 || d.Key.Equals(d.Value.Card.Title, StringComparison.OrdinalIgnoreCase)
            ? d.Value.Card.Title
            : $"{d.Value.Card.Title}: {d.Key}");

    private PluginIdentity Plugin(PluginKind kind, string name, JsonObject options, MeasureAt? at = null) =>
        new(name, catalog.Find(kind, name)!.Hash, (JsonObject)options.DeepClone(), at);

    // A set whose files are missing still has cells, which end as data faults; once the files are there the key is another.
    private string Fingerprint(IDataset dataset)
    {
        try
        {
            return dataset.Fingerprint(data);
        }
        catch (Exception)
        {
            // A fault of the plugin's comes here too: the preflight has it said, and the cell ends with it.
            return "unreadable";
        }
    }
}
