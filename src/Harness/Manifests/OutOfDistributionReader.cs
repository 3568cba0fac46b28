using System.Text.Json.Nodes;
using Harness.Datasets;
using Harness.Manifests.Yaml;
using Harness.Plugins;

namespace Harness.Manifests;

/// <summary>
/// Reads <c>measure.outOfDistribution</c>: the set whose test images a trained network is shown as none of its classes. Either the label of one of the manifest's data sets or one with its
/// options, as under 'datasets'.
/// </summary>
/// <param name="cells">Reads data sets.</param>
/// <param name="catalog">The plugins there are.</param>
/// <param name="errors">Receives what is wrong.</param>
internal sealed class OutOfDistributionReader(CellReader cells, PluginCatalog catalog, ErrorList errors)
{
    /// <summary>The key within 'measure'.</summary>
    public const string Key = "outOfDistribution";

    /// <summary>What is said in 'datasets' and decided here by the cell's own set, or is of training images.</summary>
    private static readonly string[] Decided = ["padTo", "trainPerClass"];

    /// <summary>The set, brought to the shape of the cell's own images; null where none is needed, or something is wrong with it.</summary>
    /// <param name="measure">The section 'measure'.</param>
    /// <param name="needing">The metrics that need it, as written; where there are none the writing alone is checked.</param>
    /// <param name="datasets">The manifest's data sets, as written.</param>
    /// <param name="own">The cell's data set, or null where it could not be read.</param>
    public DatasetUse? Read(MappingNode measure, IReadOnlyList<MappingEntry> needing, IReadOnlyList<Labelled> datasets, DatasetUse? own)
    {
        if (measure.Find(Key) is not { Value: { IsNull: false, IsEmpty: false } named })
        {
            foreach (var metric in needing)
                errors.Add(metric.KeyPlace, $"metric '{metric.Key}' needs images out of distribution, and none are named: say which as '{Key}' of 'measure', such as {{use: fashion-mnist}}");
            return null;
        }
        var place = named.Place;
        if (Written(named, datasets) is not { } written || cells.Dataset(written) is not { } use || own is null || needing.Count == 0) return null;
        use = use with { Subsample = use.Subsample with { PadTo = own.Subsample.PadTo, TrainPerClass = null } };
        // A card that cannot be had is its plugin's fault, which is told before the cells run.
        if (Card(own) is not { } ownCard || Card(use) is not { } card) return use;
        if (SameImages(own, use) && ownCard.ClassNames.Intersect(card.ClassNames).Any())
        {
            errors.Add(place, $"images of '{own.Label}' are no others to a network trained on them: name another set as '{Key}' in an override for it");
            return null;
        }
        use = use with { BroughtTo = ownCard.Shape };
        if (Refusal(use) is { } refusal)
        {
            errors.Add(place, refusal);
            return null;
        }
        return use;
    }

    private Labelled? Written(Node node, IReadOnlyList<Labelled> datasets)
    {
        switch (node)
        {
            case MappingNode mapping when mapping.Find("use") is { Value: ScalarNode { IsNull: false, IsEmpty: false } plugin }:
                foreach (var key in Decided)
                {
                    if (mapping.Find(key) is { Value.IsNull: false } entry)
                        errors.Add(entry.KeyPlace, $"'{key}' says nothing in '{Key}': its test images are measured, brought to the size and padding of the images trained on");
                }
                return new(plugin.Text, mapping.Place, Decided.Aggregate(mapping, (left, key) => left.Without(key)));
            case MappingNode mapping:
                errors.Add(mapping.Place, $"'{Key}' does not say which set: {{use: fashion-mnist}}, or the label of one of the data sets here");
                return null;
            case ScalarNode label when datasets.FirstOrDefault(d => d.Label == label.Text) is { } known:
                return known;
            case ScalarNode label when catalog.Find(PluginKind.Dataset, label.Text) is not null:
                errors.Add(label.Place, $"no data set here is labelled {Quoted.Text(label.Text)}; for the plugin of this name write {{use: {label.Text}}}");
                return null;
            case ScalarNode label:
                errors.Add(label.Place, $"no data set here is labelled {Quoted.Text(label.Text)}{Suggestion.For(label.Text, [.. datasets.Select(d => d.Label)])}");
                return null;
            default:
                errors.Add(node.Place, $"'{Key}' wants a data set, such as {{use: fashion-mnist}}, or the label of one of the data sets here, not {node.Description}");
                return null;
        }
    }

    /// <summary>Whether both are one plugin's set, but for the classes chosen and the size.</summary>
    private static bool SameImages(DatasetUse own, DatasetUse other) => own.Plugin == other.Plugin && JsonNode.DeepEquals(Content(own), Content(other));

    private static JsonObject Content(DatasetUse use)
    {
        var options = (JsonObject)use.Options.DeepClone();
        options.Remove(ClassSelection.Option);
        options.Remove("imageSize");
        return options;
    }

    private DatasetCard? Card(DatasetUse use)
    {
        try
        {
            return Make(use)?.Card;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private string? Refusal(DatasetUse use)
    {
        try
        {
            Make(use);
            return null;
        }
        catch (PluginOptionException refusal)
        {
            return refusal.Message.TrimEnd('.');
        }
    }

    private IDataset? Make(DatasetUse use)
    {
        var plugin = catalog.Find(PluginKind.Dataset, use.Plugin)!;
        return plugin.Create(plugin.OptionsType is null ? null : OptionsBinder.Bind(use.Options, plugin.OptionsType)) is IDataset set ? DatasetInUse.AsUsed(set, use) : null;
    }
}
