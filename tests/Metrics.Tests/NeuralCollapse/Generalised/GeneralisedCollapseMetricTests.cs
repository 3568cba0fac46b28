using CsCheck;
using Harness;
using Harness.Metrics.NeuralCollapse.Generalised;

namespace Metrics.Tests.NeuralCollapse.Generalised;

public class GeneralisedCollapseMetricTests
{
    private static readonly GeneralisedCollapseMetric Metric = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void ASimplexAttainsTheLargestDistances(int classes)
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(classes));
        foreach (var (vectors, split) in new (string, Split?)[] { ("means", Split.Train), ("means", Split.Test), ("classifiers", null) })
        {
            Assert.Equal(classes / (classes - 1.0), measured.Value($"one-vs-rest.{vectors}", split), 1e-7);
            Assert.Equal(Math.Sqrt(2 * classes / (classes - 1.0)), measured.Value($"one-vs-one.{vectors}", split), 1e-12);
        }
        Assert.Equal(0, measured.Value("self-duality.cosine", Split.Train), 1e-12);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(100)]
    public void ARegularPolygonIsTheCodeOfThePlane(int classes)
    {
        // Neighbours at 2π/C: the chord between both lies 1 − cos(2π/C) inside, and the next vertex is 2 sin(π/C) away.
        double[][] vertices = [.. Enumerable.Range(0, classes).Select(c => new[] { Math.Cos(2 * Math.PI * c / classes), Math.Sin(2 * Math.PI * c / classes) })];
        var labels = Enumerable.Range(0, classes).Select(c => (long)c).ToArray();
        var measured = Collected.Of(Metric, new FeatureFixture(vertices, new double[classes], vertices, labels, vertices, labels));
        // W is float64; features have been float32.
        Assert.Equal(1 - Math.Cos(2 * Math.PI / classes), measured.Value("one-vs-rest.classifiers", null), 1e-10);
        Assert.Equal(2 * Math.Sin(Math.PI / classes), measured.Value("one-vs-one.classifiers", null), 1e-12);
        Assert.Equal(1 - Math.Cos(2 * Math.PI / classes), measured.Value("one-vs-rest.means", Split.Train), 1e-6);
        Assert.Equal(0, measured.Value("self-duality.cosine", Split.Test), 1e-9);
    }

    [Fact]
    public void OnACircleTheHullIsAsNearAsItsNearestChord() =>
        Gen.Int[0, 9999].Array[3, 9].Sample(turns =>
        {
            double[][] points = [.. turns.Distinct().Select(t => new[] { Math.Cos(2 * Math.PI * t / 10000), Math.Sin(2 * Math.PI * t / 10000) })];
            if (points.Length < 3) return;
            var gram = Gram(points);
            for (var k = 0; k < points.Length; k++)
            {
                var others = points.Where((_, i) => i != k).ToArray();
                var expected = (from a in others from b in others select ToSegment(points[k], a, b)).Min();
                Assert.Equal(expected, ConvexHull.Distance(gram, k), 1e-7);
            }
        }, iter: 200);

    [Fact]
    public void APointInTheHullIsAtDistanceZero()
    {
        double[][] points = [[1, 0], [0, 1], [-1, 0], [0, -1], [0.25, -0.125], [1, 0]];
        var gram = Gram(points);
        Assert.Equal(0, ConvexHull.Distance(gram, 4), 1e-6);
        Assert.Equal(0, ConvexHull.Distance(gram, 0), 1e-6);
    }

    [Fact]
    public void AVectorWithoutLengthHasNoDirection()
    {
        var fixture = new FeatureFixture([[0, 0], [1, 0], [0, 1]], [0, 0, 0], [[1, 0], [0, 1], [1, 1]], [0, 1, 2], [[1, 0], [0, 1], [1, 1]], [0, 1, 2]);
        var measured = Collected.Of(Metric, fixture);
        Assert.Equal(double.NaN, measured.Value("one-vs-rest.classifiers", null));
        Assert.Equal(double.NaN, measured.Value("one-vs-one.classifiers", null));
        Assert.Equal(double.NaN, measured.Value("self-duality.cosine", Split.Train));
    }

    [Fact]
    public void TheAngleIsThatOfExactArithmetic()
    {
        ExactFixture.Near(1.0647037423953383, Collected.Of(Metric, ExactFixture.Of(4, 7, 1)).Value("self-duality.cosine", Split.Train));
        ExactFixture.Near(1.3879044666838174, Collected.Of(Metric, ExactFixture.Of(6, 3, 2)).Value("self-duality.cosine", Split.Test));
    }

    [Fact]
    public void RelabellingAndScalingChangeNothing() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 8], Gen.Int[-9, 9]).Sample((seed, classes, power) =>
        {
            var fixture = FeatureFixture.Random(new Seed(seed), classes, 5);
            var to = new Seed(seed).Derive("labels").Random().Permutation(classes);
            var weight = new double[classes][];
            for (var c = 0; c < classes; c++) weight[to[c]] = [.. fixture.Weight[c].Select(w => w * Math.ScaleB(1, power))];
            var changed = fixture with
            {
                Weight = weight,
                TrainLabels = [.. fixture.TrainLabels.Select(l => (long)to[l])],
                TestLabels = [.. fixture.TestLabels.Select(l => (long)to[l])],
            };
            foreach (var (before, after) in Collected.Of(Metric, fixture).Zip(Collected.Of(Metric, changed)))
                Assert.Equal(before.Value!.Value, after.Value!.Value, 1e-6);
        }, iter: 60);

    private static double[,] Gram(double[][] points)
    {
        var gram = new double[points.Length, points.Length];
        for (var i = 0; i < points.Length; i++)
            for (var j = 0; j < points.Length; j++) gram[i, j] = points[i].Zip(points[j], (a, b) => a * b).Sum();
        return gram;
    }

    private static double ToSegment(double[] x, double[] a, double[] b)
    {
        var (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        var length = dx * dx + dy * dy;
        var t = length == 0 ? 0 : Math.Clamp(((x[0] - a[0]) * dx + (x[1] - a[1]) * dy) / length, 0, 1);
        return Math.Sqrt(Math.Pow(a[0] + t * dx - x[0], 2) + Math.Pow(a[1] + t * dy - x[1], 2));
    }
}
