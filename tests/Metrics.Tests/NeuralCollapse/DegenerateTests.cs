using Harness;
using Harness.Metrics.NeuralCollapse;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.NeuralCollapse;

public class DegenerateTests
{
    private static readonly NeuralCollapseMetric Metric = new();

    [Fact]
    public void CoincidingMeansHaveRankZeroAndNoVariability()
    {
        double[][] features = [[1, 2], [3, 4], [3, 4], [1, 2]];
        long[] labels = [0, 0, 1, 1];
        var measured = Collected.Of(Metric, new FeatureFixture([[1, 0], [0, 1]], [0, 0], features, labels, features, labels));
        Assert.Equal(0, measured.Value("nc1.rank", Split.Train));
        Assert.Equal(double.NaN, measured.Value("nc1", Split.Train));
        Assert.Equal(double.NaN, measured.Value("equinorm.means", Split.Train));
        Assert.Equal(double.NaN, measured.Value("self-duality", Split.Train));
        Assert.Equal(0, measured.Value("equinorm.classifiers", null));
    }

    [Fact]
    public void RoundingOfFeaturesIsNotTakenForADirection()
    {
        // Means on a line, 0.1 c times one vector plus an offset, as float32 rounds them; deviations across the line as well.
        const int classes = 5, dimension = 12;
        var random = new Seed(4).Random();
        double[] Vector() => [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble(-1, 1))];
        var (line, offset) = (Vector(), Vector());
        var labels = Enumerable.Range(0, 40).Select(i => (long)(i % classes)).ToArray();
        var noise = Enumerable.Range(0, labels.Length / (2 * classes)).Select(_ => Vector()).ToArray();
        // Deviations come in opposite pairs, so that they leave the means where they are.
        var features = labels.Select((c, i) => offset.Select((o, j) =>
            (double)(float)(o + 0.1 * c * line[j] + (i / classes % 2 == 0 ? 0.01 : -0.01) * noise[i / (2 * classes)][j])).ToArray()).ToArray();

        var measured = Collected.Of(Metric, new FeatureFixture([.. Enumerable.Range(0, classes).Select(_ => Vector())], new double[classes], features, labels, features, labels));

        Assert.Equal(1, measured.Value("nc1.rank", Split.Train));
        // Across two standard deviations of the classes' places, 0.1 √2 ‖line‖, Tr(Σ_W Σ_B⁺)/C = Ave ((0.01 noise·line)/(0.1 √2 ‖line‖²))²/C.
        var squared = line.Sum(x => x * x);
        var expected = noise.Average(n => Math.Pow(0.01 * n.Zip(line, (a, b) => a * b).Sum() / (0.1 * Math.Sqrt(2) * squared), 2)) / classes;
        Assert.Equal(expected, measured.Value("nc1", Split.Train), 1e-5 * expected);
    }

    [Fact]
    public void Nc1IsSoundWhereTheFloat32PseudoInverseExplodes()
    {
        using var scope = NewDisposeScope();
        const int classes = 6, dimension = 32;
        // Whole numbers far from the origin: float32 holds them, but not the products that Σ_B in float32 is made of.
        var fixture = FeatureFixture.Random(new Seed(8), classes, dimension).Map(h => [.. h.Select(x => x + 30000)], w => w);
        var expected = DenseReference.Nc1(fixture.Train, fixture.TrainLabels, classes);

        Assert.Equal(expected, Collected.Of(Metric, fixture).Value("nc1", Split.Train), 1e-9 * expected);
        Assert.True(Math.Abs(Naive(fixture) / expected - 1) > 10, $"The naive value {Naive(fixture)} was to be far from {expected}.");
    }

    [Fact]
    public void NearestCentreUsesTrainMeansAndTheBias()
    {
        // Centres 0 and 4; the test image at 1 is nearest to 0. Without its bias the head says 1; with it, 0; and the test images' own means would say 1.
        var fixture = new FeatureFixture([[0], [1]], [2, 0], [[0], [4]], [0, 1], [[1], [9], [3]], [1, 0, 1]);
        Assert.Equal(0, Collected.Of(Metric, fixture).Value("nearest-class-centre", Split.Test));
        Assert.Equal(1.0 / 3, Collected.Of(Metric, fixture with { Bias = [0, 0] }).Value("nearest-class-centre", Split.Test), 1e-12);
    }

    /// <summary>The computation of the field: p x p matrices in float32 and the pseudo-inverse of numpy's default cut-off.</summary>
    private static double Naive(FeatureFixture fixture)
    {
        var h = tensor(fixture.Train.SelectMany(x => x).ToArray(), ScalarType.Float32).view(fixture.Train.Length, -1);
        var labels = tensor(fixture.TrainLabels, ScalarType.Int64);
        var means = stack([.. Enumerable.Range(0, fixture.Classes).Select(c => h[labels.eq(c)].mean([0]))]);
        var deviations = h.sub(means.index_select(0, labels));
        var centred = means.sub(means.mean([0]));
        var within = deviations.t().mm(deviations).div(h.shape[0]);
        var between = centred.t().mm(centred).div(fixture.Classes);
        return within.mm(linalg.pinv(between, 1e-15)).diagonal().sum().ToDouble() / fixture.Classes;
    }
}
