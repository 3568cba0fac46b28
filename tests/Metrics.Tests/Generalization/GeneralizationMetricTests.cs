using Harness;
using Harness.Measuring;
using Harness.Metrics.Generalization;
using Harness.Results;
using static TorchSharp.torch;

namespace Metrics.Tests.Generalization;

public class GeneralizationMetricTests
{
    [Fact]
    public void CountsAndAveragesOfAnUnbalancedSet()
    {
        // Four images of class 0, three of them right, and one of class 1, wrong; class 2 has none.
        var measured = Measure([[2, 1, 0], [2, 1, 0], [2, 1, 0], [0, 3, 0], [5, 1, 1]], [0, 0, 0, 0, 1]);
        var right = Math.Log(Math.Exp(2) + Math.Exp(1) + 1) - 2;
        double[] losses = [right, right, right, Math.Log(2 + Math.Exp(3)), Math.Log(Math.Exp(5) + 2 * Math.Exp(1)) - 1];
        foreach (var split in Enum.GetValues<Split>())
        {
            Assert.Equal(2, measured.Value("errors", split));
            Assert.Equal(3.0 / 5, measured.Value("accuracy", split), 1e-15);
            Assert.Equal(0.75 / 2, measured.Value("balanced-accuracy", split), 1e-15);
            Assert.Equal(losses.Average(), measured.Value("cross-entropy", split), 1e-14);
        }
        var error = Math.Sqrt(losses.Sum(l => Math.Pow(l - losses.Average(), 2)) / 4 / 5);
        Assert.Equal(error, Error(measured, "cross-entropy", Split.Test)!.Value, 1e-14);
        Assert.Equal(Math.Sqrt(0.6 * 0.4 / 5), Error(measured, "accuracy", Split.Test)!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(0.75 * 0.25 / 4) / 2, Error(measured, "balanced-accuracy", Split.Test)!.Value, 1e-15);
        Assert.All(measured.Where(m => m.Split == Split.Train), m => Assert.Null(m.StandardError));
    }

    [Fact]
    public void TheConfusionOfTheTestImagesIsCountedAtTheEnds()
    {
        var measured = Measure([[2, 1, 0], [2, 1, 0], [0, 1, 2], [0, 3, 0], [5, 1, 1]], [0, 0, 0, 1, 1]);
        var confusion = Assert.Single(measured, m => m.Matrix is not null);
        Assert.Equal(("confusion", Split.Test, "true class", "predicted class"), (confusion.Quantity, confusion.Split, confusion.Matrix!.Rows, confusion.Matrix.Columns));
        Assert.Equal([[2, 0, 1], [1, 1, 0], [0, 0, 0]], confusion.Matrix.Values);
        Assert.DoesNotContain(Measure([[2, 1]], [0], atEnds: false), m => m.Quantity == "confusion");
        Assert.DoesNotContain(Measure([new float[257]], [0]), m => m.Quantity == "confusion");
        Assert.Contains(Measure([new float[256]], [0]), m => m.Quantity == "confusion");
    }

    [Fact]
    public void EqualLogitsCostTheLogarithmOfTheClasses() =>
        Assert.Equal(Math.Log(4), Measure([[7, 7, 7, 7]], [2]).Value("cross-entropy", Split.Train), 1e-15);

    [Fact]
    public void ConfidentLogitsNeitherOverflowNorVanish()
    {
        Assert.Equal(20000, Measure([[10000, -10000]], [1]).Value("cross-entropy", Split.Test));
        // 1 + exp(-60) is 1 in float64 too.
        Assert.Equal(Math.Exp(-60), Measure([[60, 0]], [0]).Value("cross-entropy", Split.Test), 1e-12 * Math.Exp(-60));
    }

    private static IReadOnlyList<Measurement> Measure(float[][] logits, long[] labels, bool atEnds = true)
    {
        using var scope = NewDisposeScope();
        var classes = logits[0].Length;
        CollectedFeatures Set() => new(zeros(logits.Length, 2), tensor(logits.SelectMany(z => z).ToArray()).view(logits.Length, -1), tensor(labels));
        using var snapshot = new EpochSnapshot(
            new LinearHead(zeros(classes, 2, ScalarType.Float64), zeros(classes, ScalarType.Float64)),
            new Dictionary<Split, CollectedFeatures> { [Split.Train] = Set(), [Split.Test] = Set() }, new Seed(1), default);
        snapshot.StandsAtEnds(atEnds);
        return Collected.Of(new GeneralizationMetric(), snapshot);
    }

    private static double? Error(IReadOnlyList<Measurement> measured, string quantity, Split split) =>
        measured.Single(m => m.Quantity == quantity && m.Split == split).StandardError;
}
