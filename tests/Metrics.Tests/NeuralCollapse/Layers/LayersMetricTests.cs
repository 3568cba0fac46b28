using Harness;
using Harness.Measuring;
using Harness.Metrics.NeuralCollapse.Layers;
using Harness.Results;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.NeuralCollapse.Layers;

public class LayersMetricTests
{
    private const int Classes = 3;
    private const int Channels = 5;
    private const int Positions = 6;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void LayersAreThoseOfDenseMatrices(int batchSize)
    {
        var (train, test) = (Images(1), Images(2));
        foreach (var positions in Enum.GetValues<Harness.Metrics.NeuralCollapse.Layers.Positions>())
        {
            var measured = Measure(new() { Positions = positions, BatchSize = batchSize }, train, test);
            foreach (var (split, (pixels, labels)) in new[] { (Split.Train, train), (Split.Test, test) })
            {
                double[][] map = [.. pixels.Select(x => x.Select(v => 2 * v).ToArray())];
                double[][] vector = [.. map.Select(x => x[..4])];
                double[][][] layers =
                [
                    positions == Harness.Metrics.NeuralCollapse.Layers.Positions.Flattened ? map : [.. map.Select(x => x.Chunk(Positions).Select(c => c.Average()).ToArray())],
                    vector,
                    [.. vector.Select(x => x.Select(v => v * v).ToArray())],
                ];
                var fuzziness = layers.Select(l => Classes * DenseReference.Nc1(l, labels, Classes)).ToArray();
                Same(fuzziness, measured, "separation", split);
                Same([.. layers.Select(l => DenseReference.TraceRatio(l, labels, Classes))], measured, "trace-ratio", split);

                // Through three points at −1, 0, 1 the line has half the outer difference as its slope.
                var logs = fuzziness.Select(d => Math.Log(d)).ToArray();
                var slope = (logs[2] - logs[0]) / 2;
                ExactFixture.Near(Math.Exp(slope), measured.Value("separation.decay", split), "decay");
                var total = logs.Sum(y => Math.Pow(y - logs.Average(), 2));
                ExactFixture.Near(2 * slope * slope / total, measured.Value("separation.r2", split), "R²");
            }
        }
    }

    [Fact]
    public void ALayerThatIsNotShownOnceIsNamed()
    {
        var thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            using var snapshot = Snapshot(Images(1), Images(2), shows: 0);
            new LayersMetric(new()).Measure(snapshot, new Ignored());
        });
        Assert.Contains("Layer 'vector' showed 0 activations", thrown.Message);
        thrown = Assert.Throws<InvalidOperationException>(() =>
        {
            using var snapshot = Snapshot(Images(1), Images(2), shows: 2);
            new LayersMetric(new()).Measure(snapshot, new Ignored());
        });
        Assert.Contains("Layer 'vector' showed", thrown.Message);
    }

    [Fact]
    public void WithoutNamedLayersThereIsOnePointAndNoLine()
    {
        using var scope = NewDisposeScope();
        var (pixels, labels) = Images(1);
        var images = new Dictionary<Split, ImageSet> { [Split.Train] = Set(pixels, labels), [Split.Test] = Set(pixels, labels) };
        using var classifier = new LinearClassifier(zeros(Classes, Channels * Positions), zeros(Classes));
        using var snapshot = new EpochSnapshot(new TestNetwork(classifier, images), 1, Classes, new Seed(1), CPU, default);
        var measured = Collected.Of(new LayersMetric(new()), snapshot);
        Assert.Equal([1.0], measured.Single(m => m.Quantity == "separation" && m.Split == Split.Train).X);
        Assert.Equal(double.NaN, measured.Value("separation.decay", Split.Train));
    }

    [Fact]
    public void TheLawItselfFits()
    {
        var fit = LogLinearFit.Of([3, 1.5, 0.75, 0.375]);
        Assert.Equal(Math.Log(0.5), fit.Slope, 1e-12);
        Assert.Equal(1, fit.R2, 1e-12);
        // (0, 1, 0, 1) at 0..3: slope 1/5, 1/5 of the variance.
        fit = LogLinearFit.Of([1, Math.E, 1, Math.E]);
        Assert.Equal(0.2, fit.Slope, 1e-12);
        Assert.Equal(0.2, fit.R2, 1e-12);
        Assert.Equal(new(double.NaN, double.NaN), LogLinearFit.Of([1, 0]));
        Assert.Equal(new(double.NaN, double.NaN), LogLinearFit.Of([1]));
        Assert.Equal(new(0, 1), LogLinearFit.Of([2, 2, 2]));
    }

    private static void Same(double[] expected, IReadOnlyList<Measurement> measured, string quantity, Split split)
    {
        var curve = measured.Single(m => m.Quantity == quantity && m.Split == split);
        Assert.Equal([1.0, 2, 3], curve.X);
        foreach (var (a, b) in expected.Zip(curve.Y!)) ExactFixture.Near(a, b, quantity);
    }

    /// <summary>Whole numbers, classes of unequal size.</summary>
    private static (double[][] Pixels, long[] Labels) Images(ulong seed)
    {
        var fixture = FeatureFixture.Random(new Seed(seed), Classes, Channels * Positions, perClass: 12);
        return (fixture.Train, fixture.TrainLabels);
    }

    private static TensorImages Set(double[][] pixels, long[] labels) => new(
        tensor(pixels.SelectMany(x => x).ToArray(), ScalarType.Float32).view(pixels.Length, Channels, 2, Positions / 2), [.. labels.Select(l => (int)l)]);

    private static EpochSnapshot Snapshot((double[][] Pixels, long[] Labels) train, (double[][] Pixels, long[] Labels) test, int shows) => new(
        new TestNetwork(new TwoLayers(Classes, shows), new Dictionary<Split, ImageSet> { [Split.Train] = Set(train.Pixels, train.Labels), [Split.Test] = Set(test.Pixels, test.Labels) }),
        1, Classes, new Seed(1), CPU, default);

    private static IReadOnlyList<Measurement> Measure(LayersOptions options, (double[][], long[]) train, (double[][], long[]) test)
    {
        using var scope = NewDisposeScope();
        using var snapshot = Snapshot(train, test, shows: 1);
        return Collected.Of(new LayersMetric(options), snapshot);
    }

    private sealed class Ignored : IMeasurementSink
    {
        public void Scalar(Quantity quantity, Split? split, double value, double? standardError = null)
        {
        }

        public void Curve(Quantity quantity, Split? split, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
        {
        }
    }
}
