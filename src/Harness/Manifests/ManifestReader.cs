using System.Text.RegularExpressions;
using Harness.Manifests.Options;
using Harness.Manifests.Yaml;

namespace Harness.Manifests;

/// <summary>Takes a manifest's mapping apart into its sections and checks names, labels and selectors.</summary>
internal sealed partial class ManifestReader(MappingNode root, ErrorList errors)
{
    private static readonly string[] Sections = ["name", "extends", "seeds", "architectures", "datasets", "training", "measure", "limits", "retry", "overrides", "exclude"];
    private static readonly string[] OverrideKeys = ["for", "note", "dataset", "architecture", "training", "measure", "limits", "retry"];

    /// <summary>The sections. What is wrong is in the errors and missing here.</summary>
    /// <param name="path">The manifest's file, which names it where it does not name itself.</param>
    public Manifest Read(string path)
    {
        OptionsReader.CheckKeys(root, Sections, "key {0}", errors);
        var architectures = Labels("architectures");
        var datasets = Labels("datasets");
        string[] architectureLabels = [.. architectures.Select(a => a.Label)], datasetLabels = [.. datasets.Select(d => d.Label)];
        return new()
        {
            Name = Name(path),
            Seeds = Seeds(),
            Architectures = architectures,
            Datasets = datasets,
            Training = Section(root, "training"),
            Measure = Section(root, "measure"),
            Limits = Section(root, "limits"),
            Retry = Section(root, "retry"),
            Overrides = [.. List("overrides").Select(o => ReadOverride(o, datasetLabels, architectureLabels)).OfType<Override>()],
            Exclusions = [.. List("exclude").Select(e => Selector.Read(e, "an entry of 'exclude'", datasetLabels, architectureLabels, errors)).OfType<Selector>()],
        };
    }

    private string Name(string path)
    {
        if (root.Find("name") is not { Value.IsNull: false } entry)
        {
            var file = Path.GetFileNameWithoutExtension(path);
            if (!RunName().IsMatch(file)) errors.Add(new(path, 1, 1), $"the file's name {Quoted.Text(file)} is no name for a run, which has {NameCharacters}; give one as 'name'");
            return file;
        }
        var name = OptionsReader.Value(typeof(string), entry.Value, "name", errors) as string;
        if (name is not null && !RunName().IsMatch(name)) errors.Add(entry.Value.Place, $"'name' has {NameCharacters}; {Quoted.Text(name)} does not fit");
        return name ?? "";
    }

    private long[] Seeds()
    {
        if (root.Find("seeds") is not { Value.IsNull: false } entry) return [0];
        if (OptionsReader.Value(typeof(long[]), entry.Value, "seeds", errors) is not long[] seeds) return [];
        if (seeds.Length == 0) errors.Add(entry.Value.Place, "'seeds' is an empty list, so the matrix is empty");
        var seen = new HashSet<long>();
        for (var i = 0; i < seeds.Length; i++)
        {
            var place = ((SequenceNode)entry.Value).Items[i].Place;
            if (seeds[i] < 0) errors.Add(place, $"a seed is at least 0, not '{seeds[i]}'");
            if (!seen.Add(seeds[i])) errors.Add(place, $"seed {seeds[i]} is here a second time");
        }
        return seeds;
    }

    private Labelled[] Labels(string section)
    {
        var mapping = Section(root, section);
        if (mapping.Entries.Count == 0 && root.Find(section)?.Value is null or MappingNode or { IsEmpty: true } or { IsNull: true })
            errors.Add(root.Find(section)?.KeyPlace ?? root.Place, $"the matrix is empty: '{section}' names none");
        var labelled = new List<Labelled>();
        foreach (var entry in mapping.Entries)
        {
            if (!Label().IsMatch(entry.Key))
                errors.Add(entry.KeyPlace, $"label {Quoted.Text(entry.Key)} of '{section}' does not fit: at most 60 of A-Z, a-z, 0-9, '.', '_', '+', '-', the first a letter or digit");
            else if (RemovesNothing(entry, errors))
                continue;
            else if (Mapping(entry, errors) is { } options)
                labelled.Add(new(entry.Key, entry.KeyPlace, options));
        }
        return [.. labelled];
    }

    private Override? ReadOverride(Node node, string[] datasets, string[] architectures)
    {
        if (node is not MappingNode mapping)
        {
            errors.Add(node.Place, $"an entry of 'overrides' wants a mapping with 'for' and what to change, not {node.Description}");
            return null;
        }
        OptionsReader.CheckKeys(mapping, OverrideKeys, "key {0} in 'overrides'", errors);
        foreach (var section in new[] { "dataset", "architecture" })
        {
            if (mapping.Find(section)?.Value is MappingNode inner && inner.Find("use") is { } use)
                errors.Add(use.KeyPlace, "'use' cannot be overridden: give the other plugin a label of its own");
        }
        if (mapping.Find("for") is not { } chosen)
        {
            errors.Add(mapping.Place, "an entry of 'overrides' has no 'for', which says whom it is for");
            return null;
        }
        if (Selector.Read(chosen.Value, "'for'", datasets, architectures, errors) is not { } selector) return null;
        var note = mapping.Find("note") is { Value.IsNull: false } said ? OptionsReader.Value(typeof(string), said.Value, "note", errors) as string : null;
        return new(
            selector, note, Section(mapping, "dataset"), Section(mapping, "architecture"), Section(mapping, "training"), Section(mapping, "measure"),
            Section(mapping, "limits"), Section(mapping, "retry"));
    }

    private IReadOnlyList<Node> List(string section)
    {
        var value = root.Find(section)?.Value;
        if (value is SequenceNode list) return list.Items;
        if (value is not (null or { IsNull: true } or { IsEmpty: true })) errors.Add(value.Place, $"'{section}' wants a list, not {value.Description}");
        return [];
    }

    private MappingNode Section(MappingNode of, string key) =>
        of.Find(key) is { Value.IsNull: false } entry && Mapping(entry, errors) is { } mapping ? mapping : new(of.Place, []);

    /// <summary>An entry's mapping, empty where nothing is written; null with an error where it is something else.</summary>
    public static MappingNode? Mapping(MappingEntry entry, ErrorList errors)
    {
        if (entry.Value is MappingNode mapping) return mapping;
        if (entry.Value.IsEmpty) return new(entry.KeyPlace, []);
        errors.Add(entry.Value.Place, $"{Quoted.Text(entry.Key)} wants a mapping, not {entry.Value.Description}");
        return null;
    }

    /// <summary>Whether an entry is a null that had nothing to remove, which is an error: it is mistyped, or meant as "with its defaults".</summary>
    public static bool RemovesNothing(MappingEntry entry, ErrorList errors)
    {
        if (entry.Value.IsNull)
            errors.Add(entry.Value.Place, $"null removes what a base manifest says, and none says {Quoted.Text(entry.Key)}; for the plugin's defaults write nothing, or {{}}");
        return entry.Value.IsNull;
    }

    private const string NameCharacters = "a-z, 0-9, '.', '_' and '-', at most 60 and the first a letter or digit";

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,59}\z")]
    private static partial Regex RunName();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._+-]{0,59}\z")]
    private static partial Regex Label();
}
