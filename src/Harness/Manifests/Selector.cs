using Harness.Manifests.Options;
using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>Cells chosen by label: those of the data sets and of the architectures named; a side that names none takes all.</summary>
internal sealed class Selector(Place place, IReadOnlyList<string>? datasets, IReadOnlyList<string>? architectures)
{
    private static readonly string[] Keys = ["dataset", "architecture"];

    /// <summary>Where it is written.</summary>
    public Place Place { get; } = place;

    /// <summary>Whether a cell is chosen.</summary>
    public bool Takes(string dataset, string architecture) =>
        (datasets is null || datasets.Contains(dataset)) && (architectures is null || architectures.Contains(architecture));

    /// <summary>Reads a selector, or null with what is wrong in <paramref name="errors"/>.</summary>
    /// <param name="node">A mapping with 'dataset', 'architecture' or both, each a label or a list of labels.</param>
    /// <param name="what">What a sentence calls it: "'for'".</param>
    /// <param name="datasets">Labels there are.</param>
    /// <param name="architectures">Labels there are.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static Selector? Read(Node node, string what, IReadOnlyCollection<string> datasets, IReadOnlyCollection<string> architectures, ErrorList errors)
    {
        if (node is not MappingNode mapping)
        {
            errors.Add(node.Place, $"{what} wants a mapping with 'dataset', 'architecture' or both, not {node.Description}");
            return null;
        }
        var before = errors.Count;
        OptionsReader.CheckKeys(mapping, Keys, $"key {{0}} in {what}", errors);
        var chosenDatasets = Labels(mapping.Find("dataset"), "data set", datasets, errors);
        var chosenArchitectures = Labels(mapping.Find("architecture"), "architecture", architectures, errors);
        if (errors.Count == before && chosenDatasets is null && chosenArchitectures is null)
            errors.Add(mapping.Place, $"{what} names neither a data set nor an architecture");
        return errors.Count == before ? new(mapping.Place, chosenDatasets, chosenArchitectures) : null;
    }

    private static List<string>? Labels(MappingEntry? entry, string noun, IReadOnlyCollection<string> known, ErrorList errors)
    {
        if (entry is null || entry.Value.IsNull) return null;
        var labels = new List<string>();
        foreach (var node in entry.Value is SequenceNode list ? list.Items : [entry.Value])
        {
            if (node is not ScalarNode { IsNull: false, IsEmpty: false } label)
                errors.Add(node.Place, $"'{entry.Key}' wants a label or a list of labels, not {node.Description}");
            else if (!known.Contains(label.Text))
                errors.Add(node.Place, $"no {noun} here is labelled {Quoted.Text(label.Text)}{Suggestion.For(label.Text, known)}");
            else
                labels.Add(label.Text);
        }
        return labels;
    }
}
