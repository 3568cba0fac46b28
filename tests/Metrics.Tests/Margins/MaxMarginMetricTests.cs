using CsCheck;
using Harness;
using Harness.Metrics.Margins;

namespace Metrics.Tests.Margins;

public class MaxMarginMetricTests
{
    private static readonly MaxMarginMetric Metric = new(new() { Gap = 1e-8, Passes = 5000 });

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void OnACollapsedNetworkTheHeadIsTheMaximumMarginHead(int classes)
    {
        // Vertices C e_y − 1: margins C², ‖M‖_F² = C²(C − 1).
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(classes));
        Assert.Equal(1, measured.Value("cosine", Split.Train), 1e-7);
        Assert.Equal(1, measured.Value("margin.fraction", Split.Train), 1e-7);
        Assert.Equal(classes / Math.Sqrt(classes - 1), measured.Value("margin.largest", Split.Train), 1e-6);
        Assert.InRange(measured.Value("gap", Split.Train), -1e-12, 1e-8);
        Assert.Equal(0, measured.Value("at-bound", Split.Train));
    }

    [Fact]
    public void ABiasIsTheWeightOfAConstantFeature()
    {
        // x = (h, 1) with h = 3 and 1: u = v_0 − v_1 with u·(3, 1) ≥ 1 and u·(1, 1) ≤ −1 is (1, −2); the head is (2, 0), cos = 2/(2 √5).
        var fixture = new FeatureFixture([[1], [-1]], [1e-9, 1e-9], [[3], [1]], [0, 1], [[3], [1]], [0, 1]);
        var measured = Collected.Of(Metric, fixture);
        Assert.Equal(1 / Math.Sqrt(5), measured.Value("cosine", Split.Train), 1e-6);
        Assert.Equal(1 / Math.Sqrt(2.5), measured.Value("margin.largest", Split.Train), 1e-6);
    }

    [Fact]
    public void TheHeadAndTheFeaturesMayBeOfAnyScale() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Int[-4, 4], Gen.Int[-4, 4]).Sample((seed, classes, features, weights) =>
        {
            var fixture = FeatureFixture.Random(new Seed(seed), classes, 8, 4) with { Bias = new double[classes] };
            var (h, w) = (Math.Pow(2, features), Math.Pow(2, weights));
            var (before, after) = (Collected.Of(Metric, fixture), Collected.Of(Metric, fixture.Map(x => [.. x.Select(v => h * v)], x => [.. x.Select(v => w * v)])));
            Assert.Equal(before.Value("cosine", Split.Train), after.Value("cosine", Split.Train), 1e-9);
            Assert.Equal(h * before.Value("margin.largest", Split.Train), after.Value("margin.largest", Split.Train), 1e-6 * h);
        }, iter: 20);

    [Fact]
    public void NoHeadHasALargerMargin() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5]).Sample((seed, classes) =>
        {
            var fixture = FeatureFixture.Random(new Seed(seed), classes, 8, 3) with { Bias = new double[classes] };
            var fraction = Collected.Of(Metric, fixture).Value("margin.fraction", Split.Train);
            Assert.True(double.IsNaN(fraction) || fraction <= 1 + 1e-7, $"{fraction}");
        }, iter: 30);

    [Fact]
    public void OnlyTheImagesChosenAreFitted()
    {
        // Any two images of three on a line through two classes: the third would change the margin.
        var fixture = new FeatureFixture([[1], [-1]], [0, 0], [[1], [2], [-4]], [0, 0, 1], [[1], [-4]], [0, 1]);
        double Margin(int images) => Collected.Of(new MaxMarginMetric(new() { Images = images, Gap = 1e-9 }), fixture).Value("margin.largest", Split.Train);
        Assert.Equal(Math.Sqrt(2), Margin(3), 1e-6);
        Assert.Contains(Margin(1), (double[])[Math.Sqrt(2), 2 * Math.Sqrt(2), 4 * Math.Sqrt(2)], new Nearly());
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Collected.Of(new MaxMarginMetric(new()), FeatureFixture.Random(new Seed(1), 3, 5));
        Assert.Equal(Metric.Card.Quantities.Select(q => (q.Name, (Split?)Split.Train)), measured.Select(m => (m.Quantity, m.Split)));
    }

    private sealed class Nearly : IEqualityComparer<double>
    {
        public bool Equals(double a, double b) => Math.Abs(a - b) < 1e-6;

        public int GetHashCode(double value) => 0;
    }
}
