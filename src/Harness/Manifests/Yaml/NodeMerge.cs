namespace Harness.Manifests.Yaml;

/// <summary>
/// Lays one mapping over another: mappings merge deeply, anything else replaces, <c>null</c> removes, and an empty value says nothing. The manifest's own lists of
/// what differs from its matrix add to those below, which come first.
/// </summary>
internal static class NodeMerge
{
    /// <summary>What is written as a mapping but is one value: laid over another it replaces it whole.</summary>
    private static readonly string[] Whole = ["measure/epochs", "measure/outOfDistribution"];

    /// <summary>Lists whose entries each stand alone.</summary>
    private static readonly string[] Added = ["overrides", "exclude"];

    /// <summary>The merged mapping. Every piece keeps the place it was written at.</summary>
    /// <param name="under">What was said first.</param>
    /// <param name="over">What wins.</param>
    /// <param name="path">Keys that lead here from the manifest's root, joined by slashes.</param>
    public static MappingNode Merge(MappingNode under, MappingNode over, string path = "")
    {
        var merged = new List<MappingEntry>();
        foreach (var below in under.Entries)
        {
            var above = over.Find(below.Key);
            if (above is null) merged.Add(below);
            else if (!above.Value.IsNull) merged.Add(above with { Value = Merge(below.Value, above.Value, path.Length == 0 ? below.Key : $"{path}/{below.Key}") });
        }
        merged.AddRange(over.Entries.Where(e => under.Find(e.Key) is null));
        return new(over.Place, merged);
    }

    private static Node Merge(Node under, Node over, string path) => (under, over) switch
    {
        (MappingNode, { IsEmpty: true }) => under,
        (SequenceNode below, SequenceNode above) when Added.Contains(path) => new SequenceNode(above.Place, [.. below.Items, .. above.Items]),
        (MappingNode below, MappingNode above) when !Whole.Contains(path) => Merge(below, above, path),
        _ => over,
    };
}
