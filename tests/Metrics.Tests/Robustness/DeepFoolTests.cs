using Harness;
using Harness.Metrics.Robustness;
using Testing.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness;

public class DeepFoolTests
{
    private static readonly RobustnessOptions Defaults = new();

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12)]
    public void LinearClassifierIsLeftByItsNearestHyperplane(int classes)
    {
        using var scope = NewDisposeScope();
        var random = new Seed(5).Derive("linear", classes).Random();
        const int p = 48;
        var w = Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, p).Select(_ => random.NextDouble(-1, 1)).ToArray()).ToArray();
        var b = Enumerable.Range(0, classes).Select(_ => random.NextDouble(-0.5, 0.5)).ToArray();
        var x = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, p).Select(_ => random.NextDouble()).ToArray()).ToArray();
        var network = Linear(w, b, x);

        var results = Attack(network, Defaults with { Candidates = classes });

        for (var i = 0; i < x.Length; i++)
        {
            var z = w.Select((row, c) => row.Zip(x[i], (a, v) => a * v).Sum() + b[c]).ToArray();
            var top = Array.IndexOf(z, z.Max());
            var distance = Enumerable.Range(0, classes).Where(c => c != top)
                .Min(c => (z[top] - z[c]) / Math.Sqrt(w[c].Zip(w[top], (a, v) => (a - v) * (a - v)).Sum()));
            Assert.Equal(1.02 * (distance + 1e-4), results[i].Radius, 1e-6 + 1e-5 * distance);
            Assert.True(results[i].Broken);
        }
    }

    [Fact]
    public void OnlyCandidatesAreConsidered()
    {
        // From (0.5, 0.5) the second largest logit lies 0.3 away, the smallest, with its steep gradient, 0.06.
        using var scope = NewDisposeScope();
        var network = Linear([[1, 0], [0, 1], [0, 100]], [0.3, 0, -55.2], [[0.5, 0.5]]);
        Assert.Equal(1.02 * (0.3 / Math.Sqrt(2) + 1e-4), Attack(network, Defaults with { Candidates = 2 })[0].Radius, 1e-6);
        Assert.Equal(1.02 * (6.0 / Math.Sqrt(1 + 100.0 * 100) + 1e-4), Attack(network, Defaults with { Candidates = 3 })[0].Radius, 1e-6);
    }

    [Fact]
    public void RadiusIsInPixelsWhateverTheStandardisation()
    {
        // f = (x - 0.5)/0.25 on one pixel against 0: the boundary is 0.3 pixels from x = 0.8.
        using var scope = NewDisposeScope();
        var network = Linear([[1], [0]], [0, 0], [[0.8]], mean: 0.5, deviation: 0.25);
        var image = Attack(network, Defaults)[0];
        Assert.Equal(1.02 * (0.3 + 1e-4), image.Radius, 1e-6);
        Assert.Equal(0.8, image.Norm, 1e-6);
        Assert.Equal(image.Radius / 0.25, image.StandardisedRadius, 1e-6);
        Assert.Equal(0.3 / 0.25, image.StandardisedNorm, 1e-6);
    }

    [Fact]
    public void MisclassifiedImageIsLedAwayFromItsPrediction()
    {
        using var scope = NewDisposeScope();
        var network = Linear([[1], [-1]], [0, 0], [[0.4]], labels: [1]);
        var image = Attack(network, Defaults)[0];
        Assert.True(image.Misclassified);
        Assert.True(image.Broken);
        Assert.Equal(1.02 * (0.4 + 1e-4), image.Radius, 1e-6);
        Assert.True(image.OutOfRange);
    }

    [Fact]
    public void ConstantNetworkIsNotBrokenAndMovesNothing()
    {
        using var scope = NewDisposeScope();
        var image = Attack(Linear([[0, 0], [0, 0]], [1, 0], [[0.4, 0.2]]), Defaults)[0];
        Assert.False(image.Broken);
        Assert.Equal(0, image.Radius);
    }

    [Fact]
    public void ImageThatRunsOutOfIterationsKeepsWhatItReached()
    {
        // The gap 2x³ linearised at 0.6 is zero at 0.4: one step undershoots.
        using var scope = NewDisposeScope();
        var pixels = tensor(new[] { 0.6f }).view(1, 1, 1, 1);
        var image = Attack(new TestNetwork(new Cubic(), Test(pixels, [0])), Defaults with { MaxIterations = 1 })[0];
        Assert.False(image.Broken);
        Assert.Equal(1.02 * (0.2 + 1e-4), image.Radius, 1e-6);
    }

    [Fact]
    public void BatchGivesWhatItsImagesGiveOneByOne()
    {
        using var scope = NewDisposeScope();
        var network = Conv(out var pixels, count: 16);
        var together = Attack(network, pixels, Defaults);
        for (var i = 0; i < together.Length; i++)
        {
            var alone = Attack(network, pixels.narrow(0, i, 1), Defaults)[0];
            Assert.Equal(alone.Radius, together[i].Radius, 1e-4 * alone.Radius);
            Assert.Equal(alone.Broken, together[i].Broken);
        }
    }

    [Fact]
    public void BrokenImagesAreClassifiedDifferently()
    {
        using var scope = NewDisposeScope();
        var network = Conv(out var pixels, count: 16);
        var attacked = new DeepFool(network, Defaults, default).Run(pixels);
        var before = network.Logits(pixels).argmax(1).data<long>().ToArray();
        var after = network.Logits(attacked.Adversarial).argmax(1).data<long>().ToArray();
        var broken = attacked.Broken.data<bool>().ToArray();
        Assert.Equal(before, attacked.Predicted.data<long>().ToArray());
        Assert.Equal(broken, before.Zip(after, (b, a) => b != a));
        Assert.True(broken.Count(x => x) >= 15);
    }

    [Fact]
    public void ParametersAreLeftAsTheyWere()
    {
        using var scope = NewDisposeScope();
        var network = Conv(out var pixels, count: 3);
        var parameters = network.Classifier.parameters().ToArray();
        parameters[0].requires_grad = false;
        _ = new DeepFool(network, Defaults, default).Run(pixels);
        Assert.All(parameters, p => Assert.Null(p.grad));
        Assert.Equal([false, .. Enumerable.Repeat(true, parameters.Length - 1)], parameters.Select(p => p.requires_grad));

        Assert.Throws<OperationCanceledException>(() => new DeepFool(network, Defaults, new CancellationToken(canceled: true)).Run(pixels));
        Assert.Equal([false, .. Enumerable.Repeat(true, parameters.Length - 1)], parameters.Select(p => p.requires_grad));
    }

    private static TestNetwork Linear(double[][] w, double[] b, double[][] x, int[]? labels = null, double mean = 0, double deviation = 1)
    {
        var pixels = tensor(x.SelectMany(v => v).ToArray(), ScalarType.Float32).view(x.Length, 1, 1, -1);
        var weight = tensor(w.SelectMany(v => v).ToArray(), ScalarType.Float32).view(w.Length, -1);
        return new(new LinearClassifier(weight, tensor(b, ScalarType.Float32)), Test(pixels, labels ?? new int[x.Length]), mean, deviation);
    }

    private static TestNetwork Conv(out Tensor pixels, int count)
    {
        var seed = new Seed(3);
        var classifier = new ConvClassifier(seed, channels: 3, classes: 12);
        classifier.eval();
        pixels = seed.Derive("pixels").Uniform(0, 1, count, 3, 8, 8);
        return new(classifier, Test(pixels, new int[count]), mean: 0.5, deviation: 0.25);
    }

    private static Dictionary<Split, ImageSet> Test(Tensor pixels, int[] labels) => new() { [Split.Test] = new TensorImages(pixels, labels) };

    private static AttackedImage[] Attack(TestNetwork network, RobustnessOptions options)
    {
        var images = network.Images(Split.Test);
        return Attack(network, images.Pixels([.. Enumerable.Range(0, images.Count)]), options, [.. images.Labels]);
    }

    private static AttackedImage[] Attack(TestNetwork network, Tensor pixels, RobustnessOptions options, int[]? labels = null) =>
        AttackedImage.From(new DeepFool(network, options, default).Run(pixels), labels ?? new int[pixels.shape[0]], network);

    private sealed class Cubic : Classifier
    {
        private readonly LinearClassifier linear = new(tensor(new[] { 1f, -1f }).view(2, 1), zeros(2));

        public Cubic() : base("cubic") => RegisterComponents();

        public override Linear Head => linear.Head;

        public override Tensor Features(Tensor images) => linear.Features(images.pow(3));
    }
}
