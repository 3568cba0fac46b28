using Harness;
using Harness.Measuring;
using Harness.Metrics.Robustness;
using Harness.Results;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness;

public class RobustnessMetricTests
{
    [Fact]
    public void AveragesAreThoseOfTheImages()
    {
        // The sign of one pixel: radii are 1.02 (x + 1e-4), and relative to x.
        double[] x = [0.2, 0.4, 0.8];
        var measured = Measure(new(), x, labels: [0, 1, 0]);

        double[] radii = [.. x.Select(v => 1.02 * (v + 1e-4))];
        double[] relative = [.. x.Zip(radii, (v, r) => r / v)];
        Near(relative.Average(), measured.Value("deepfool.relative-radius", Split.Test));
        Near(radii.Average(), measured.Value("deepfool.radius", Split.Test));
        Near(radii[1], measured.Value("deepfool.radius.median", Split.Test));
        Near(Math.Sqrt(radii.Sum(r => Math.Pow(r - radii.Average(), 2)) / 2 / 3), measured.Single(m => m.Quantity == "deepfool.radius").StandardError!.Value);
        Near(1.0 / 3, measured.Value("deepfool.misclassified", Split.Test));
        Near(0, measured.Value("deepfool.unbroken", Split.Test));
        Near(1, measured.Value("deepfool.out-of-range", Split.Test));
        Assert.Equal(new RobustnessMetric(new()).Card.Quantities.Select(q => q.Name), measured.Select(m => m.Quantity));
    }

    [Fact]
    public void StandardisedRadiusIsRelativeToTheStandardisedImage()
    {
        // The boundary lies at the mean, 0.25: x = 0.5 is 0.25 pixels or half a deviation from it, and its standardised norm is half too.
        var measured = Measure(new(), [0.5], [0], mean: 0.25, deviation: 0.5);
        Near(1.02 * (0.25 + 1e-4) / 0.5, measured.Value("deepfool.relative-radius", Split.Test));
        Near(1.02 * (0.25 + 1e-4) / 0.25, measured.Value("deepfool.relative-radius.standardised", Split.Test));
    }

    [Fact]
    public void BlackImageIsCountedAndHasNoRelativeRadius()
    {
        var measured = Measure(new(), [0, 0.5], [0, 0], bias: 0.1);
        Near(0.5, measured.Value("deepfool.black", Split.Test));
        Near(1.02 * (0.55 + 1e-4) / 0.5, measured.Value("deepfool.relative-radius", Split.Test));
        Near(1.02 * ((0.05 + 0.55) / 2 + 1e-4), measured.Value("deepfool.radius", Split.Test));
    }

    [Fact]
    public void ImagesAreDrawnBySeedAlone()
    {
        var x = Enumerable.Range(1, 40).Select(i => i / 40.0).ToArray();
        double Radius(ulong seed, int batchSize) => Measure(new() { Images = 5, BatchSize = batchSize }, x, new int[40], seed: seed).Value("deepfool.radius", Split.Test);
        Assert.Equal(Radius(1, 100), Radius(1, 100));
        Near(Radius(1, 100), Radius(1, 2));
        Assert.NotEqual(Radius(1, 100), Radius(2, 100));
    }

    [Fact]
    public void ExamplesAreTheFirstImagesDrawnBesideWhatLedThemAway()
    {
        // Pixel x crosses to −0.02 x, so r is −1.02 (x + 1e-4): shown clipped to black, and as ½ + 2 r for 0.2, ½ + r for 0.4.
        var rows = Measure(new() { Pictures = 2 }, [0.2, 0.2, 0.2], [0, 1, 0]).Single(m => m.Pictures is not null).Pictures!;
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, row => row.Caption == "label 0, predicted 0 → 1, ‖r‖₂ = 0.204 pixels");
        Assert.All(rows, row => Assert.Equal(["clean", "adversarial", "perturbation × 2"], row.Pictures.Select(p => p.Caption)));
        Assert.All(rows, row => Assert.Equal([51, 0, (int)Math.Round(255 * (0.5 - (2 * 1.02 * (0.2 + 1e-4))))], row.Pictures.Select(p => (int)Assert.Single(p.Pixels))));
        Assert.Equal("perturbation × 1", Measure(new(), [0.4], [0]).Single(m => m.Pictures is not null).Pictures![0].Pictures[2].Caption);
    }

    [Fact]
    public void ExamplesAreShownAtTheEndsAlone()
    {
        Assert.DoesNotContain(Measure(new(), [0.2], [0], atEnds: false), m => m.Quantity == "deepfool.examples");
        Assert.DoesNotContain(Measure(new() { Pictures = 0 }, [0.2], [0]), m => m.Quantity == "deepfool.examples");
    }

    private static IReadOnlyList<Measurement> Measure(
        RobustnessOptions options, double[] x, int[] labels, double mean = 0, double deviation = 1, double bias = 0, ulong seed = 1, bool atEnds = true)
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(x, ScalarType.Float32).view(-1, 1, 1, 1);
        var classifier = new LinearClassifier(tensor(new[] { 1f, -1f }).view(2, 1), tensor(new[] { bias, 0 }, ScalarType.Float32));
        var network = new TestNetwork(classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(pixels, labels) }, mean, deviation);
        using var snapshot = new EpochSnapshot(network, 1, 2, new Seed(seed), CPU, default);
        snapshot.StandsAtEnds(atEnds);
        return Collected.Of(new RobustnessMetric(options), snapshot);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 2e-6);
}
