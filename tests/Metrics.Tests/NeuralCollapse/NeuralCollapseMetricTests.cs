using Harness;
using Harness.Metrics.NeuralCollapse;

namespace Metrics.Tests.NeuralCollapse;

public class NeuralCollapseMetricTests
{
    private static readonly NeuralCollapseMetric Metric = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void ExactCollapseIsZeroThroughout(int classes)
    {
        // C I - 1 1ᵀ: the vertices of a simplex in whole numbers, so that float32 adds no noise; three images on each vertex.
        var vertices = Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, classes).Select(j => (j == c ? classes : 0) - 1.0).ToArray()).ToArray();
        var labels = Enumerable.Range(0, 3 * classes).Select(i => (long)(i % classes)).ToArray();
        var features = labels.Select(c => vertices[c]).ToArray();

        var measured = Collected.Of(Metric, new FeatureFixture(vertices, new double[classes], features, labels, features, labels));

        foreach (var m in measured)
            Assert.Equal(m.Quantity == "nc1.rank" ? classes - 1 : 0, m.Value!.Value, 1e-14);
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Collected.Of(Metric, FeatureFixture.Random(new Seed(1), 3, 5));
        var expected = Metric.Card.Quantities.SelectMany(q => q.Name switch
        {
            "nearest-class-centre" => [(q.Name, Split.Test)],
            var name when name.EndsWith(".classifiers") => [(name, null)],
            var name => new (string, Split?)[] { (name, Split.Train), (name, Split.Test) },
        });
        Assert.Equal(expected.Order(), measured.Select(m => (m.Quantity, m.Split)).Order());
        Assert.Equal([2, 3, 4, 5, 6, 7], Metric.Card.Quantities.Select(q => q.Figure?.Order).OfType<int>().Distinct().Order());
    }

    // Computed apart in exact rational arithmetic (Moore-Penrose conditions checked), square roots to 40 digits.
    [Theory]
    [InlineData(4, 7, 1, 1.5327104801322908, 3, 0.1889745167015362, 0.3256553892429877, 0.24217931897014103, 0.13060838363644486, 0.3596610167190298, 0.46730802946347205, 2.154373541669868, 11.0 / 14)]
    [InlineData(6, 3, 2, 4.201419090423508, 3, 0.35655960339235376, 0.4886396974289275, 0.4031769094065339, 0.2233918329728716, 0.5200407310398253, 0.5315037513222548, 2.8501364198890045, 23.0 / 27)]
    public void ValuesAreThoseOfExactArithmetic(
        int classes, int dimension, long seed, double nc1, int rank, double normMeans, double angleMeans, double maximalMeans,
        double normClassifiers, double angleClassifiers, double maximalClassifiers, double duality, double centre)
    {
        var state = seed;
        double Next() => ((state = (state * 1103515245 + 12345) % (1L << 31)) >> 16) % 2001 - 1000;
        double[] Row() => [.. Enumerable.Range(0, dimension).Select(_ => Next())];
        var weight = Enumerable.Range(0, classes).Select(_ => Row()).ToArray();
        var labels = Enumerable.Range(0, classes).SelectMany(c => Enumerable.Repeat((long)c, c + 2)).ToArray();
        var features = labels.Select(_ => Row()).ToArray();

        var measured = Collected.Of(Metric, new FeatureFixture(weight, new double[classes], features, labels, features, labels));

        foreach (var split in Enum.GetValues<Split>())
        {
            Near(nc1, measured.Value("nc1", split));
            Assert.Equal(rank, measured.Value("nc1.rank", split));
            Near(normMeans, measured.Value("equinorm.means", split));
            Near(angleMeans, measured.Value("equiangularity.means", split));
            Near(maximalMeans, measured.Value("maximal-angle.means", split));
            Near(duality, measured.Value("self-duality", split));
        }
        Near(normClassifiers, measured.Value("equinorm.classifiers", null));
        Near(angleClassifiers, measured.Value("equiangularity.classifiers", null));
        Near(maximalClassifiers, measured.Value("maximal-angle.classifiers", null));
        Near(centre, measured.Value("nearest-class-centre", Split.Test));
    }

    [Theory]
    [InlineData(2, 6)]
    [InlineData(5, 16)]
    [InlineData(10, 10)]
    [InlineData(10, 24)]
    [InlineData(12, 4)]
    [InlineData(6, 1)]
    public void ValuesAreThoseOfDenseMatrices(int classes, int dimension)
    {
        var fixture = FeatureFixture.Random(new Seed(11).Derive("dense", 100 * classes + dimension), classes, dimension);
        var measured = Collected.Of(Metric, fixture);
        foreach (var (split, features, labels) in new[] { (Split.Train, fixture.Train, fixture.TrainLabels), (Split.Test, fixture.Test, fixture.TestLabels) })
        {
            var centred = DenseReference.CentredMeans(features, labels, classes);
            Assert.Equal(Math.Min(dimension, classes - 1), measured.Value("nc1.rank", split));
            Near(DenseReference.Nc1(features, labels, classes), measured.Value("nc1", split));
            Near(DenseReference.Equinorm(centred), measured.Value("equinorm.means", split));
            Near(DenseReference.Equiangularity(centred), measured.Value("equiangularity.means", split));
            Near(DenseReference.MaximalAngle(centred), measured.Value("maximal-angle.means", split));
            Near(DenseReference.SelfDuality(fixture.Weight, centred), measured.Value("self-duality", split));
        }
        Near(DenseReference.Equinorm(fixture.Weight), measured.Value("equinorm.classifiers", null));
        Near(DenseReference.Equiangularity(fixture.Weight), measured.Value("equiangularity.classifiers", null));
        Near(DenseReference.MaximalAngle(fixture.Weight), measured.Value("maximal-angle.classifiers", null));
        Near(DenseReference.Disagreement(fixture), measured.Value("nearest-class-centre", Split.Test));
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Abs(expected) + 1e-13);
}
