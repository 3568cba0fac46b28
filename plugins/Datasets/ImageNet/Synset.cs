namespace Harness.Datasets.ImageNet;

/// <summary>One class of ILSVRC2012: a set of synonyms of WordNet.</summary>
/// <param name="Id">Its WordNet id, which is its folder's name: "n01440764".</param>
/// <param name="Word">Its first word: "tench". A few classes share one.</param>
internal sealed record Synset(string Id, string Word)
{
    /// <summary>The 1000 classes in sorted order of their ids: the field's label order.</summary>
    public static IReadOnlyList<Synset> All { get; } = Read();

    private static Synset[] Read()
    {
        using var reader = new StreamReader(typeof(Synset).Assembly.GetManifestResourceStream("synsets.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Synset(line[..9], line[10..]))];
    }
}
