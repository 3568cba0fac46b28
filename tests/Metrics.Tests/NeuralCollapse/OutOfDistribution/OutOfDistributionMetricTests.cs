using CsCheck;
using Harness;
using Harness.Metrics.NeuralCollapse.OutOfDistribution;

namespace Metrics.Tests.NeuralCollapse.OutOfDistribution;

public class OutOfDistributionMetricTests
{
    private static readonly OutOfDistributionMetric Metric = new(new());

    /// <summary>NumPy 1.24 on the same features, by the formulas written out: eigh of the covariance, pairs compared one by one.</summary>
    [Theory]
    [InlineData(3, "neco", 0.5918367346938775, 0.9285714285714286)]
    [InlineData(3, "neco.standardised", 0.6275510204081632, 0.9285714285714286)]
    [InlineData(2, "neco", 0.6122448979591837, 0.8571428571428571)]
    [InlineData(2, "neco.standardised", 0.5969387755102041, 0.9285714285714286)]
    [InlineData(3, "max-logit", 0.5612244897959183, 0.9285714285714286)]
    [InlineData(3, "max-softmax", 0.6530612244897959, 0.5714285714285714)]
    public void DetectorsAgreeWithNumPy(int dimension, string detector, double auroc, double falsePositives)
    {
        var measured = Collected.Of(new OutOfDistributionMetric(new() { Dimension = dimension }), ExactFixture.Of(4, 6, 7), ExactFixture.Of(4, 6, 8).Train);
        Assert.Equal(auroc, measured.Value($"{detector}.auroc", Split.Test), 1e-12);
        Assert.Equal(falsePositives, measured.Value($"{detector}.fpr95", Split.Test), 1e-12);
        ExactFixture.Near(0.45838480102559265, measured.Value("nc5", Split.Train));
        ExactFixture.Near(0.45838480102559265, measured.Value("nc5", Split.Test));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void ACollapsedNetworkThatSendsOthersAcrossTellsThemAllApart(int classes)
    {
        // The vertices sum to 0, so the all-ones vector is orthogonal to each.
        var across = Enumerable.Range(1, 7).Select(i => Enumerable.Repeat((double)i, classes).ToArray()).ToArray();
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(classes), across);
        Assert.Equal(0, measured.Value("nc5", Split.Train), 1e-12);
        Assert.Equal(1, measured.Value("neco.auroc", Split.Test));
        Assert.Equal(0, measured.Value("neco.fpr95", Split.Test));
        Assert.Equal(1, measured.Value("max-softmax.auroc", Split.Test));
    }

    [Fact]
    public void TheSameImagesAreNotToldApart()
    {
        var fixture = FeatureFixture.Random(new Seed(3), 4, 10);
        var measured = Collected.Of(Metric, fixture, fixture.Test);
        foreach (var detector in (string[])["neco", "neco.standardised", "max-softmax", "max-logit"])
        {
            Assert.Equal(0.5, measured.Value($"{detector}.auroc", Split.Test), 1e-12);
            Assert.InRange(measured.Value($"{detector}.fpr95", Split.Test), 0.95, 1);
        }
    }

    [Fact]
    public void NothingHangsOnTheScaleOfFeaturesNorOnTheNamesOfCoordinates() => Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Int[-4, 4]).Sample((seed, classes, power) =>
    {
        var (fixture, others) = (FeatureFixture.Random(new Seed(seed), classes, 8), FeatureFixture.Random(new Seed(seed + 1), classes, 8).Train);
        double[] Changed(double[] h) => [.. h.Reverse().Select(v => v * Math.Pow(2, power))];
        var (before, after) = (Collected.Of(Metric, fixture, others), Collected.Of(Metric, fixture.Map(Changed, w => [.. w.Reverse()]), [.. others.Select(Changed)]));
        foreach (var (quantity, split) in new[] { ("nc5", Split.Train), ("nc5", Split.Test), ("neco.auroc", Split.Test), ("neco.standardised.auroc", Split.Test) })
            Assert.Equal(before.Value(quantity, split), after.Value(quantity, split), 1e-9);
    }, iter: 20);

    [Fact]
    public void AFeatureVectorOfNoLengthHasNothingInTheSubspace()
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(3), [[0, 0, 0], [0, 0, 0]]);
        Assert.Equal(1, measured.Value("neco.auroc", Split.Test));
        Assert.Equal(double.NaN, measured.Value("nc5", Split.Train));
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var fixture = FeatureFixture.Random(new Seed(1), 3, 5);
        Assert.Equal(Metric.Card.Quantities.Select(q => q.Name), Collected.Of(Metric, fixture, fixture.Train).Select(m => m.Quantity).Distinct());
    }
}
