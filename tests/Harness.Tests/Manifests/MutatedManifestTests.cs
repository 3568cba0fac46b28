using CsCheck;
using Harness.Manifests;

namespace Harness.Tests.Manifests;

/// <summary>Whatever a file holds, the answer is a plan or errors that a user can find.</summary>
public class MutatedManifestTests
{
    private const string Rich = """
        name: rich-1
        seeds: [0, 1]
        architectures:
          ResNet18: &net { use: resnet, depth: 18, width: 1/4, stages: [8, 16], head: { hidden: 64, narrow: 8 } }
          VGG11: { <<: *net, use: vgg, depth: 11, stem: large-images, bias: false }
        datasets:
          mnist: { classes: 5, trainPerClass: 500, padTo: 32 }
          digits: { use: glyphs, style: "round", noise: 5e-2, subsampleSeed: 3, classes: [cat, 3], imageSize: 16 }
        training: { epochs: 60, learningRate: 0.05, decayAt: [1/3, 2/3] }
        measure:
          epochs: { log: 20 }
          metrics:
            neural-collapse:
            robustness: { images: 100, at: ends }
        overrides:
          - for: { dataset: mnist, architecture: VGG11 }
            training: { learningRate: 0.01 }
            architecture: { depth: 34 }
        exclude: [ { dataset: digits, architecture: ResNet18 } ]
        """;

    private static readonly string[] Fragments =
    [
        "null", "~", "{}", "[]", "[", "]", "{", "}", ":", ": ", "- ", "&a ", "*a", "*net", "<<: *net", "!!int ", "!", "|", ">", "'", "\"", "\n", "\t", "  ", "#",
        "%", "@", "---", "...", "?", "? ", ",", "1e999", "-1", "0", "1/0", "99999999999999999999", ".nan", "true", "\0", "\uFEFF", "\u2028", "\U0001F600", "\uD800", "name", "use", "for",
        "epochs", "metrics", "seeds", "extends: no-such.yaml\n", "extends: rich-1.yaml\n",
    ];

    private static readonly Gen<string> Piece = Gen.OneOf(Gen.Int[0, Fragments.Length - 1].Select(i => Fragments[i]), Gen.String[0, 8]);

    private static readonly Gen<string> Mutated = Gen.Select(Gen.Int[0, Rich.Length - 1], Gen.Int[0, 12], Piece).Array[1, 4].Select(edits =>
        edits.Aggregate(Rich, (text, edit) =>
        {
            var (at, length, piece) = edit;
            at = Math.Min(at, text.Length);
            return string.Concat(text.AsSpan(0, at), piece, text.AsSpan(Math.Min(text.Length, at + length)));
        }));

    /// <summary>Whole values and lines exchanged for others of the same manifest: stays YAML more often than loose characters do.</summary>
    private static readonly Gen<string> Shuffled = Gen.Select(Gen.Int[0, 18], Gen.Int[0, 18], Gen.Bool, (a, b, swap) =>
    {
        var lines = Rich.Split('\n');
        if (swap) (lines[a], lines[b]) = (lines[b], lines[a]);
        else lines[a] = lines[a].Split(':')[0] + ":" + string.Concat(lines[b].Split(':').Skip(1));
        return string.Join('\n', lines);
    });

    [Fact]
    public void RichManifestIsPlanned() => Assert.Equal(6, ManifestPlanner.Plan("rich-1.yaml", Rich, FakeCatalog.Full).Cells.Count);

    [Fact]
    public void MutatedManifestIsPlannedOrExplained() => Mutated.Sample(PlannedOrExplained, iter: 2000);

    [Fact]
    public void ManifestWithPartsExchangedIsPlannedOrExplained() => Shuffled.Sample(PlannedOrExplained, iter: 1000);

    [Fact]
    public void RandomTextIsExplained() => Gen.OneOf(Gen.String, Piece.Array[0, 30].Select(string.Concat)).Sample(PlannedOrExplained, iter: 2000);

    private static bool PlannedOrExplained(string text)
    {
        try
        {
            return ManifestPlanner.Plan("rich-1.yaml", text, FakeCatalog.Full).Cells.Count > 0;
        }
        catch (ManifestException e)
        {
            var lines = text.Split('\n', '\r', '\u0085', '\u2028', '\u2029').Length;
            return e.Errors.Count > 0
                && e.Errors.All(x => x.File.Length > 0 && x.Line >= 1 && x.Line <= lines + 1 && x.Column >= 1 && x.Sentence.Length > 10 && !x.Sentence.Any(char.IsControl));
        }
    }
}
