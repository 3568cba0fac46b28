using Harness;
using Harness.Architectures.Mlp;
using Harness.Measuring;
using Harness.Metrics.Margins;
using Harness.Results;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Margins;

public class MarginsMetricTests
{
    private static readonly MarginsMetric Metric = new();

    [Fact]
    public void MarginsOfALinearNetworkAreThoseOfItsLogits()
    {
        // Logits 2x, −x: margins 3x of class 0, −3x of class 1. ρ = √5, and no bias.
        var measured = Measure(Linear([2, -1]), [0.5, 1, 0.25], [0, 0, 1]);
        foreach (var split in Enum.GetValues<Split>())
        {
            Assert.Equal(-0.75, measured.Value("margin.min", split), 1e-6);
            Assert.Equal(-0.75 / Math.Sqrt(5), measured.Value("last-layer.margin", split), 1e-6);
            Assert.Equal(-0.75 / Math.Sqrt(5), measured.Value("normalised.min", split), 1e-6);
            Assert.Equal(1.5 / Math.Sqrt(5), measured.Value("normalised.median", split), 1e-6);
            Assert.Equal((-0.75 + 0.2 * 2.25) / Math.Sqrt(5), measured.Value("normalised.q10", split), 1e-6);
            var curve = measured.Single(m => m.Quantity == "normalised" && m.Split == split);
            Assert.Equal([0, 0.25, 1], [curve.X![0], curve.X[25], curve.X[100]]);
            Assert.Equal([-0.75, 0.375, 3], new[] { 0, 25, 100 }.Select(i => curve.Y![i] * Math.Sqrt(5)), (a, b) => Math.Abs(a - b) < 1e-6);
        }
        Assert.Equal(Math.Log(5) / 2, measured.Value("layer-norms.log-product", null), 1e-6);
        Assert.Equal(0, measured.Value("layer-norms.imbalance", null), 1e-9);
        Assert.Equal(1, measured.Value("homogeneous", null));
        Assert.Equal(1, measured.Value("homogeneous.degree", null), 1e-9);
    }

    [Fact]
    public void WithoutTheNetworkThereAreTheMarginsOfTheLastLayer()
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(3));
        Assert.Equal(["margin.min", "last-layer.margin", "margin.min", "last-layer.margin"], measured.Select(m => m.Quantity));
        // W = 3 I − 1 1ᵀ: on a vertex the logits are 6, −3, −3, and ‖W‖_F is √18.
        Assert.Equal(9, measured.Value("margin.min", Split.Train), 1e-12);
        Assert.Equal(9 / Math.Sqrt(18), measured.Value("last-layer.margin", Split.Test), 1e-12);
    }

    [Fact]
    public void LayersAreListedAndBalanced()
    {
        using var scope = NewDisposeScope();
        using var network = Mlp(depth: 2, bias: false);
        using (no_grad())
        {
            var weights = network.parameters().ToArray();
            weights[0].mul_(3 / weights[0].norm());
            weights[1].mul_(1 / weights[1].norm());
        }
        var measured = Measure(network, [0.5, 1], [0, 1]);
        var norms = measured.Single(m => m.Quantity == "layer-norms");
        Assert.Equal([1, 2], norms.X!);
        Assert.Equal([3, 1], norms.Y!, (a, b) => Math.Abs(a - b) < 1e-6);
        // ρ² = 9 and 1: deviation 4, average 5.
        Assert.Equal(0.8, measured.Value("layer-norms.imbalance", null), 1e-6);
        Assert.Equal(Math.Log(3), measured.Value("layer-norms.log-product", null), 1e-6);
        var (margin, length) = (measured.Value("margin.min", Split.Train), Math.Sqrt(10));
        Assert.Equal(margin / 3, measured.Value("normalised.min", Split.Train), 1e-6);
        Assert.Equal(margin / (length * length), measured.Value("homogeneous.margin", Split.Train), 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void WithoutBiasesTheDegreeIsTheDepthAndTheParametersStayAsTheyWere(int depth)
    {
        using var scope = NewDisposeScope();
        using var network = Mlp(depth, bias: false);
        var before = network.parameters().Select(p => p.clone()).ToArray();
        var measured = Measure(network, [0.5, 1, 0.2], [0, 1, 0]);
        Assert.Equal(1, measured.Value("homogeneous", null));
        Assert.Equal(depth, measured.Value("homogeneous.degree", null), 1e-9);
        Assert.Equal(0, measured.Value("homogeneous.misfit", null), 1e-9);
        foreach (var (was, parameter) in before.Zip(network.parameters())) Assert.True((was == parameter).all().item<bool>());
    }

    public static TheoryData<string> NotHomogeneous => ["bias", "batch norm"];

    [Theory, MemberData(nameof(NotHomogeneous))]
    public void WhereItIsNotHomogeneousItSaysSo(string why)
    {
        using var scope = NewDisposeScope();
        using Classifier network = why == "bias" ? Mlp(3, bias: true) : new ConvClassifier(new Seed(3), 1, 2);
        using (no_grad())
        {
            foreach (var (_, parameter) in network.named_parameters().Where(p => p.name.EndsWith("bias", StringComparison.Ordinal))) parameter.add_(0.1);
        }
        var measured = Measure(network, [0.5, 1, 0.2], [0, 1, 0]);
        Assert.Equal(0, measured.Value("homogeneous", null));
        Assert.True(measured.Value("homogeneous.misfit", null) > 1e-3);
        foreach (var (name, split) in new[] { ("homogeneous.degree", (Split?)null), ("homogeneous.margin", Split.Train), ("homogeneous.smoothed-margin", Split.Train) })
            Assert.Equal(double.NaN, measured.Value(name, split));
        Assert.True(double.IsFinite(measured.Value("normalised.median", Split.Train)));
    }

    /// <summary>Lyu and Li 2020, theorem 4.1: gradient descent in small steps never lowers the smoothed margin once the loss is below ln 2.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void TheSmoothedMarginOfABiasFreeMlpNeverFalls(int depth)
    {
        using var scope = NewDisposeScope();
        using var network = Mlp(depth, bias: false, classes: 3, width: 16, pixels: 6);
        var random = new Seed(11).Random();
        var pixels = tensor(Enumerable.Range(0, 9 * 6).Select(i => random.NextDouble(-0.5, 0.5) + (i % 6 == i / 6 % 3 ? 1.5 : 0)).ToArray(), ScalarType.Float32).view(9, 1, 1, 6);
        int[] labels = [.. Enumerable.Range(0, 9).Select(i => i % 3)];
        var targets = tensor(labels.Select(l => (long)l).ToArray());
        var margins = new List<double>();
        for (var step = 0; step < 3000; step++)
        {
            using var _ = NewDisposeScope();
            network.zero_grad();
            var loss = nn.functional.cross_entropy(network.forward(pixels), targets, reduction: nn.Reduction.Sum);
            loss.backward();
            using var noGradients = no_grad();
            foreach (var parameter in network.parameters()) parameter.sub_(parameter.grad! * 0.01);
            if (step % 100 == 0 && loss.item<float>() < Math.Log(2))
                margins.Add(Measure(network, pixels, labels, 3).Value("homogeneous.smoothed-margin", Split.Train));
        }
        Assert.True(margins.Count > 20, $"The loss was below ln 2 only {margins.Count} times.");
        Assert.True(margins[0] > 0);
        Assert.True(margins[^1] > 1.2 * margins[0]);
        // Weights are float32, and ‖θ‖ᴸ no better known than that.
        foreach (var (before, after) in margins.Zip(margins.Skip(1))) Assert.True(after >= before * (1 - 1e-6), $"{before} fell to {after}.");
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Measure(Linear([2, -1]), [0.5, 1], [0, 1]);
        Assert.Equal(Metric.Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Distinct().Order());
    }

    private static LinearClassifier Linear(float[] weights) => new(tensor(weights).view(-1, 1), zeros(weights.Length));

    private static Classifier Mlp(int depth, bool bias, int classes = 2, int width = 8, int pixels = 1)
    {
        var network = new MlpArchitecture(new() { Depth = depth, Width = width, Bias = bias }).Build(new(1, 1, pixels), classes);
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        // libtorch's generator is shared by tests that run side by side.
        foreach (var (name, parameter) in network.named_parameters())
        {
            var bound = 1.7 / Math.Sqrt(parameter.shape[^1]);
            parameter.copy_(new Seed(6).Derive(name).Uniform(-bound, bound, parameter.shape));
        }
        return network;
    }

    private static IReadOnlyList<Measurement> Measure(Classifier network, double[] x, int[] labels)
    {
        using var scope = NewDisposeScope();
        return Measure(network, tensor(x, ScalarType.Float32).view(-1, 1, 1, 1), labels, 2);
    }

    private static IReadOnlyList<Measurement> Measure(Classifier network, Tensor pixels, int[] labels, int classes)
    {
        var images = new TensorImages(pixels, labels);
        var trained = new TestNetwork(network, new Dictionary<Split, ImageSet> { [Split.Train] = images, [Split.Test] = images });
        using var snapshot = new EpochSnapshot(trained, 1, classes, new Seed(1), CPU, default);
        return Collected.Of(Metric, snapshot);
    }
}
