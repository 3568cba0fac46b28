using Harness.Plugins;
using Harness.Training;

namespace Harness.Commands;

/// <summary>A metric plugin with the card it has by default.</summary>
/// <param name="Name">What a manifest calls it.</param>
/// <param name="Summary">One line about it.</param>
/// <param name="Card">What it measures, made with the defaults of its options.</param>
/// <param name="Options">The record of its options, or null where it takes none.</param>
public sealed record DeclaredMetric(string Name, string Summary, MetricCard Card, Type? Options)
{
    /// <summary>When it runs where a manifest does not say, as a phrase.</summary>
    public string DefaultMoment => Card.DefaultAt == MeasureAt.Every ? "at every measured epoch" : "at both ends of the terminal phase";

    /// <summary>What it needs beside the head's weights, and what it uses where that is at hand, as a phrase.</summary>
    public string Needs => (Phrase(Card.Needs) ?? "the last layer alone") + (Phrase(Card.Uses & ~Card.Needs) is { } uses ? $"; uses {uses} where at hand" : "");

    /// <summary>All metrics of a catalog, by name.</summary>
    /// <param name="catalog">The plugins at hand.</param>
    /// <param name="faults">A sentence for each that cannot say what it measures.</param>
    public static IReadOnlyList<DeclaredMetric> Of(PluginCatalog catalog, out IReadOnlyList<string> faults)
    {
        var metrics = new List<DeclaredMetric>();
        var sentences = new List<string>();
        foreach (var plugin in catalog.Plugins.Where(p => p.Kind == PluginKind.Metric).OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            try
            {
                var made = (IMetric)plugin.Create(plugin.OptionsType is null ? null : Activator.CreateInstance(plugin.OptionsType));
                metrics.Add(new(plugin.Name, plugin.Summary, made.Card, plugin.OptionsType));
            }
            catch (Exception e)
            {
                sentences.Add($"Metric '{plugin.Name}' cannot say what it measures: {CellFault.Sentence(e)}");
            }
        }
        faults = sentences;
        return metrics;
    }

    private static string? Phrase(MetricNeeds needs)
    {
        var named = new[]
        {
            (MetricNeeds.TrainFeatures, "features of the training images"), (MetricNeeds.TestFeatures, "features of the test images"), (MetricNeeds.Network, "the network"),
            (MetricNeeds.OutOfDistribution, "images out of distribution"),
        }.Where(n => needs.HasFlag(n.Item1)).Select(n => n.Item2).ToArray();
        return named.Length == 0 ? null : string.Join(", ", named);
    }
}
