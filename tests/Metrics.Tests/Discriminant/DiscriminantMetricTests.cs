using CsCheck;
using Harness;
using Harness.Metrics.Discriminant;
using Metrics.Tests.NeuralCollapse;

namespace Metrics.Tests.Discriminant;

public class DiscriminantMetricTests
{
    private static readonly DiscriminantMetric Metric = new();

    private static readonly Gen<FeatureFixture> Fixtures =
        Gen.Select(Gen.ULong, Gen.Int[2, 7], Gen.Int[1, 8], Gen.Int[1, 9]).Select((seed, classes, dimension, perClass) =>
            FeatureFixture.Random(new Seed(seed), classes, dimension, perClass));

    // Computed apart in exact rational arithmetic, in which the identities below hold exactly.
    [Theory]
    [InlineData(4, 7, 1, 1.9984940974046426, 0.33383530086511914, 0.25037647564883936, 1133843830230.3416, 0.07241950258935814, 0.052768735235061544, 1133843830230.2166, 13.0 / 14, 2.0 / 14)]
    [InlineData(6, 3, 2, 0.6093881408176303, 0.7968706197274565, 0.7317686431970616, 1094218553259.119, 0.03568705237235528, 0.33019726922617554, 1094218553258.7532, 10.0 / 27, 1.0 / 27)]
    public void ValuesAreThoseOfExactArithmetic(
        int classes, int dimension, long seed, double j, double vci, double error, double loss, double within, double means, double apart, double fitted, double trained)
    {
        var measured = Collected.Of(Metric, ExactFixture.Of(classes, dimension, seed));
        foreach (var split in Enum.GetValues<Split>())
        {
            ExactFixture.Near(j, measured.Value("j", split), "j");
            ExactFixture.Near(j / (classes - 1), measured.Value("j.fraction", split), "j.fraction");
            ExactFixture.Near(vci, measured.Value("vci", split), "vci");
            ExactFixture.Near(dimension, measured.Value("total-scatter.rank", split), "rank");
            ExactFixture.Near(error, measured.Value("squared-error.least-squares", split), "squared error");
            ExactFixture.Near(fitted, measured.Value("accuracy.least-squares", split), "accuracy of the fitted head");
            ExactFixture.Near(trained, measured.Value("accuracy.trained", split), "accuracy of the trained head");
        }
        ExactFixture.Near(loss, measured.Value("mse-loss", Split.Train), "loss");
        ExactFixture.Near(within, measured.Value("mse-loss.nc1", Split.Train), "variability");
        ExactFixture.Near(means, measured.Value("mse-loss.nc2-3", Split.Train), "means");
        ExactFixture.Near(apart, measured.Value("mse-loss.perpendicular", Split.Train), "apart");
    }

    [Fact]
    public void TheLeastSquaredErrorIsWhatJLeaves() =>
        Fixtures.Sample(fixture =>
        {
            var measured = Collected.Of(Metric, fixture);
            var classes = fixture.Classes;
            Assert.Equal((classes - 1 - measured.Value("j", Split.Train)) / classes, measured.Value("squared-error.least-squares", Split.Train), 1e-10);
        }, iter: 100);

    [Fact]
    public void TheLossIsTheSumOfItsParts() =>
        Fixtures.Sample(fixture =>
        {
            var measured = Collected.Of(Metric, fixture);
            double Part(string name) => measured.Value("mse-loss" + name, Split.Train);
            Assert.Equal(Part(".nc1") + Part(".nc2-3"), measured.Value("squared-error.least-squares", Split.Train) / 2, 1e-10);
            Assert.Equal(Part(""), Part(".nc1") + Part(".nc2-3") + Part(".perpendicular"), 1e-9 * Part(""));
        }, iter: 100);

    [Fact]
    public void JIsUnchangedByAnyInvertibleAffineMap() =>
        Gen.Select(Gen.ULong, Gen.Int[-3, 3].Array[3], Gen.Int[-2000, 2000].Array[3]).Sample((seed, below, shift) =>
        {
            var fixture = FeatureFixture.Random(new Seed(seed), 5, 3);
            var mapped = fixture.Map(
                h => [2 * h[0] + shift[0], h[1] + below[0] * h[0] + shift[1], h[2] + below[1] * h[0] + below[2] * h[1] + shift[2]], w => w);
            foreach (var name in (string[])["j", "vci", "squared-error.least-squares", "accuracy.least-squares"])
                Assert.Equal(Collected.Of(Metric, fixture).Value(name, Split.Train), Collected.Of(Metric, mapped).Value(name, Split.Train), 1e-8);
        }, iter: 60);

    [Fact]
    public void RelabellingAndRepeatingClassesChangeNothingThatIsOfClasses() =>
        Gen.Select(Fixtures, Gen.ULong).Sample((fixture, seed) =>
        {
            var to = new Seed(seed).Random().Permutation(fixture.Classes);
            var first = Enumerable.Range(0, fixture.Train.Length).Where(i => fixture.TrainLabels[i] == 0).ToArray();
            var changed = fixture with
            {
                Train = [.. fixture.Train, .. first.Select(i => fixture.Train[i])],
                TrainLabels = [.. fixture.TrainLabels.Concat(first.Select(_ => 0L)).Select(l => (long)to[l])],
            };
            var (before, after) = (Collected.Of(Metric, fixture), Collected.Of(Metric, changed));
            foreach (var name in (string[])["j", "vci", "squared-error.least-squares", "numerical-rank", "numerical-rank.centred", "mse-loss.nc1", "mse-loss.nc2-3"])
                Assert.Equal(before.Value(name, Split.Train), after.Value(name, Split.Train), 1e-8);
        }, iter: 60);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void ExactCollapseIsWonWhole(int classes)
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(classes));
        foreach (var split in Enum.GetValues<Split>())
        {
            foreach (var name in (string[])["j", "total-scatter.rank", "numerical-rank", "numerical-rank.centred"])
                Assert.Equal(classes - 1, measured.Value(name, split), 1e-9);
            foreach (var name in (string[])["j.fraction", "accuracy.least-squares", "accuracy.trained"]) Assert.Equal(1, measured.Value(name, split), 1e-12);
            foreach (var name in (string[])["vci", "squared-error.least-squares"]) Assert.Equal(0, measured.Value(name, split), 1e-12);
        }
    }

    [Theory]
    [InlineData(3, 40, 4)]
    [InlineData(7, 64, 5)]
    public void FewerImagesThanDimensionsAreFittedExactly(int classes, int dimension, int perClass)
    {
        var fixture = FeatureFixture.Random(new Seed(3), classes, dimension, perClass);
        var measured = Collected.Of(Metric, fixture);
        Assert.Equal(fixture.Train.Length - 1, measured.Value("total-scatter.rank", Split.Train));
        Assert.Equal(classes - 1, measured.Value("j", Split.Train), 1e-9);
        Assert.Equal(0, measured.Value("squared-error.least-squares", Split.Train), 1e-9);
        Assert.Equal(1, measured.Value("accuracy.least-squares", Split.Train));
    }

    [Theory]
    [InlineData(2, 6, 20)]
    [InlineData(5, 12, 9)]
    [InlineData(9, 4, 6)]
    public void JIsThatOfDenseMatrices(int classes, int dimension, int perClass)
    {
        var fixture = FeatureFixture.Random(new Seed(21).Derive("dense", 100 * classes + dimension), classes, dimension, perClass);
        var measured = Collected.Of(Metric, fixture);
        foreach (var (split, features, labels) in new[] { (Split.Train, fixture.Train, fixture.TrainLabels), (Split.Test, fixture.Test, fixture.TestLabels) })
            ExactFixture.Near(DenseReference.Discriminant(features, labels, classes, dimension), measured.Value("j", split), "j");
    }

    [Fact]
    public void TheNumericalRankIsOfFeaturesAsTheyAre()
    {
        // H = (3, 0), (5, 0), (4, 1), (4, −1): singular values √66 and √2; centred by (4, 0): √2 and √2, rank 2.
        var fixture = new FeatureFixture([[1, 0], [0, 1]], [0, 0], [[3, 0], [5, 0], [4, 1], [4, -1]], [0, 0, 1, 1], [[3, 0], [4, 1]], [0, 1]);
        var measured = Collected.Of(Metric, fixture);
        Assert.Equal(Math.Pow(Math.Sqrt(66) + Math.Sqrt(2), 2) / 68, measured.Value("numerical-rank", Split.Train), 1e-12);
        Assert.Equal(2, measured.Value("numerical-rank.centred", Split.Train), 1e-12);
        Assert.Equal(double.NaN, measured.Value("vci", Split.Train));
    }

    [Fact]
    public void TheHeadIsThatOfTheTrainingImages()
    {
        // On the line: classes at 0 and 2 in training, so the boundary is 1; the test images at 3 and 4 are both beyond it.
        var fixture = new FeatureFixture([[-1], [1]], [7, 0], [[-1], [1], [1], [3]], [0, 0, 1, 1], [[3], [4]], [0, 1]);
        var measured = Collected.Of(Metric, fixture);
        Assert.Equal(0.5, measured.Value("accuracy.least-squares", Split.Test));
        Assert.Equal(1, measured.Value("accuracy.trained", Split.Test));
        // W_LS = ∓1/4, b_LS = 1/2 ± 1/4: outputs (0, 1) at 3 and (−1/4, 5/4) at 4, squared errors 2 and 1/8.
        Assert.Equal((2 + 0.125) / 2, measured.Value("squared-error.least-squares", Split.Test), 1e-12);
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Collected.Of(Metric, FeatureFixture.Random(new Seed(1), 3, 5));
        var expected = Metric.Card.Quantities.SelectMany(q => q.Name.StartsWith("mse-loss", StringComparison.Ordinal)
            ? [(q.Name, Split.Train)] : new[] { (q.Name, Split.Train), (q.Name, Split.Test) });
        Assert.Equal(expected.Order(), measured.Select(m => (m.Quantity, m.Split!.Value)).Order());
    }
}
