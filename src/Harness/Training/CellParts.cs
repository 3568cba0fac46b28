using System.Text.Json.Nodes;
using Harness.Datasets;
using Harness.Manifests;
using Harness.Plugins;

namespace Harness.Training;

/// <summary>The plugins of a cell, made with their options.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Dataset">The data set.</param>
/// <param name="Metrics">The metrics by plugin name.</param>
public sealed record CellParts(IArchitecture Architecture, IDataset Dataset, IReadOnlyDictionary<string, IMetric> Metrics)
{
    /// <summary>SHA-256 over the files of the data set's plugin.</summary>
    public string DatasetHash { get; init; } = "";

    /// <summary>Makes the set that is measured as out of distribution, when it is first needed, so that a fault of its plugin costs what needs it alone; null where there is none.</summary>
    public Func<IDataset>? MakeOutOfDistribution { get; init; }

    /// <summary>SHA-256 over the files of that set's plugin.</summary>
    public string OutOfDistributionHash { get; init; } = "";

    /// <summary>Makes them.</summary>
    /// <param name="spec">The cell.</param>
    /// <param name="catalog">The plugins at hand.</param>
    /// <exception cref="InvalidOperationException">One is not there; the parent has seen it, so the plugins folders have changed since.</exception>
    public static CellParts Make(CellSpec spec, PluginCatalog catalog) => new(
        MakeArchitecture(spec.Architecture, catalog),
        MakeDataset(spec.Dataset, catalog),
        spec.Metrics.ToDictionary(use => use.Plugin, use => MakeMetric(use, catalog)))
    {
        DatasetHash = catalog.Find(PluginKind.Dataset, spec.Dataset.Plugin)!.Hash,
        MakeOutOfDistribution = spec.OutOfDistribution is { } other ? () => MakeDataset(other, catalog) : null,
        OutOfDistributionHash = spec.OutOfDistribution is { } use ? catalog.Find(PluginKind.Dataset, use.Plugin)?.Hash ?? "" : "",
    };

    /// <summary>Makes an architecture.</summary>
    /// <param name="use">The plugin and its options.</param>
    /// <param name="catalog">The plugins at hand.</param>
    public static IArchitecture MakeArchitecture(PluginUse use, PluginCatalog catalog) =>
        (IArchitecture)Make(PluginKind.Architecture, use.Plugin, use.Options, catalog);

    /// <summary>Makes a data set, of the classes and in the shape that the cell uses.</summary>
    /// <param name="use">The plugin and its options.</param>
    /// <param name="catalog">The plugins at hand.</param>
    public static IDataset MakeDataset(DatasetUse use, PluginCatalog catalog) =>
        DatasetInUse.AsUsed((IDataset)Make(PluginKind.Dataset, use.Plugin, use.Options, catalog), use);

    /// <summary>Makes a metric.</summary>
    /// <param name="use">The plugin and its options.</param>
    /// <param name="catalog">The plugins at hand.</param>
    public static IMetric MakeMetric(MetricUse use, PluginCatalog catalog) => (IMetric)Make(PluginKind.Metric, use.Plugin, use.Options, catalog);

    private static object Make(PluginKind kind, string name, JsonObject options, PluginCatalog catalog)
    {
        var plugin = catalog.Find(kind, name) ?? throw new InvalidOperationException($"{kind} plugin '{name}' is not in the plugins folders any more.");
        return plugin.Create(plugin.OptionsType is null ? null : OptionsBinder.Bind(options, plugin.OptionsType));
    }
}
