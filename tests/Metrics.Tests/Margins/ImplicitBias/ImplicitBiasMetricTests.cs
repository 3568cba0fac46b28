using Harness;
using Harness.Architectures.Mlp;
using Harness.Datasets.PlantedLinear;
using Harness.Measuring;
using Harness.Metrics.Margins.ImplicitBias;
using Harness.Results;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Margins.ImplicitBias;

public class ImplicitBiasMetricTests
{
    private const int Steps = 1500;

    private static readonly ImplicitBiasMetric Metric = new(new());

    /// <summary>
    /// Soudry et al. 2018, theorem 3 and corollary 1, on data whose margin is known: W = V ln t/(γ‖V‖) + a bounded rest, so that the gaps are straight lines in 1/ln t that end near 0, and the loss is between
    /// constants over t. Plain gradient descent on all images at once.
    /// </summary>
    [Fact]
    public void OnSeparableDataTheLawsOfLnTHold()
    {
        var options = new PlantedLinearOptions();
        var trained = Train(options);
        var last = trained[Steps];
        // W̃ of two classes is ∓u/2: a margin of u·z is one of √2 u·z/‖u‖.
        var limit = 1 / (Math.Sqrt(2) * new Plant(options).Margin);
        Assert.Equal(1, last("separable"));
        Assert.Equal(limit, last("norm.slope.limit"), 1e-3);
        Assert.InRange(last("norm.slope"), 0.85 * limit, 1.05 * limit);
        Assert.True(last("direction-gap.r2") > 0.99);
        foreach (var gap in (string[])["direction-gap", "margin-gap"])
        {
            // The line ends at 0 in the limit: its slope is the gap times ln t, to a fifth of it where the rest still moves (the margin gap has a second term in 1/ln² t).
            Assert.InRange(last($"{gap}.slope") / last($"{gap}.scaled"), 0.8, gap == "margin-gap" ? 2 : 1.2);
            foreach (var (before, after) in trained.Keys.Order().Zip(trained.Keys.Order().Skip(1))) Assert.True(trained[after](gap) < trained[before](gap), $"The {gap} rose from step {before} to {after}.");
        }
        // Beyond a thirtieth of the steps: bounded from both sides.
        foreach (var late in trained.Where(t => t.Key >= Steps / 30))
        {
            Assert.InRange(late.Value("direction-gap.scaled") / last("direction-gap.scaled"), 0.9, 1.1);
            Assert.InRange(late.Value("loss.excess.scaled") / last("loss.excess.scaled"), 0.85, 1);
        }
        foreach (var quantity in (string[])["offset.norm", "offset.limit", "offset.gap", "offset.rate"]) Assert.Equal(double.NaN, last(quantity));
    }

    /// <summary>Ji and Telgarsky 2019, theorems 1.1 and 2.1: the direction is that of the separable subset across the others' span, and on that span the head stays near the optimum of the others alone.</summary>
    [Fact]
    public void OnDataThatCannotBeSeparatedTheOffsetIsBoundedAndTheDirectionThatOfTheSeparableSubset()
    {
        var options = new PlantedLinearOptions { Separable = false };
        var plant = new Plant(options);
        var trained = Train(options);
        var last = trained[Steps];
        Assert.Equal(0.8, last("separable"));
        Assert.Equal(1 / (Math.Sqrt(2) * plant.Margin), last("norm.slope.limit"), 1e-3);
        var offset = plant.Offset * Math.Sqrt(plant.Dimension) / Math.Sqrt(2);
        Assert.Equal(offset, last("offset.limit"), 1e-6);
        Assert.Equal(offset, last("offset.norm"), 1e-3);
        Assert.InRange(last("offset.gap"), 0, 1e-3);
        Assert.All(trained.Values, at => Assert.InRange(at("offset.norm"), 0, 2 * offset));
        Assert.True(last("direction-gap.r2") > 0.99);
        Assert.InRange(last("direction-gap.slope") / last("direction-gap.scaled"), 0.8, 1.2);
        foreach (var late in trained.Where(t => t.Key >= Steps / 30))
        {
            Assert.InRange(late.Value("direction-gap.rate"), 0, trained.First(t => t.Key >= Steps / 30).Value("direction-gap.rate") + 1e-9);
            Assert.InRange(late.Value("offset.rate"), 0, 1e-4);
            Assert.InRange(late.Value("loss.excess.scaled") / last("loss.excess.scaled"), 0.85, 1);
        }
    }

    [Fact]
    public void EveryDeclaredQuantityIsReported()
    {
        var measured = Collected.Of(Metric, FeatureFixture.Random(new Seed(1), 3, 5));
        Assert.Equal(Metric.Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Order());
    }

    [Fact]
    public void OfFeaturesFromAFileThereIsNoTime()
    {
        var measured = Collected.Of(Metric, ExactFixture.Collapsed(3));
        Assert.Equal(0, measured.Value("direction-gap", Split.Train), 2e-3);
        Assert.Equal(double.NaN, measured.Value("direction-gap.scaled", Split.Train));
        Assert.Equal(double.NaN, measured.Value("loss.excess.scaled", Split.Train));
    }

    /// <summary>What was measured at some steps, by step and quantity.</summary>
    private static Dictionary<int, Func<string, double>> Train(PlantedLinearOptions options)
    {
        using var scope = NewDisposeScope();
        var data = new PlantedLinearDataset(options);
        using var source = data.Open(Split.Train, new(null));
        var bytes = new byte[source.Labels.Count * source.Shape.Bytes];
        source.Read([.. Enumerable.Range(0, source.Labels.Count)], bytes);
        var pixels = tensor(bytes).to(ScalarType.Float32).div_(255).view(source.Labels.Count, 1, options.Side, options.Side);
        var images = new TensorImages(pixels, [.. source.Labels]);
        using var network = new MlpArchitecture(new() { Depth = 1, Bias = false }).Build(source.Shape, 2);
        // libtorch's generator is shared by tests that run side by side.
        using (no_grad()) network.Head.weight!.copy_(new Seed(5).Uniform(-0.5, 0.5, 2, data.Card.Shape.Bytes));
        var trained = new TestNetwork(network, new Dictionary<Split, ImageSet> { [Split.Train] = images, [Split.Test] = images }, mean: 0.5, deviation: 0.5);
        var targets = tensor(source.Labels.Select(l => (long)l).ToArray());

        var (history, measured) = (new MeasurementHistory(), new Dictionary<int, Func<string, double>>());
        var moments = Enumerable.Range(0, 13).Select(i => (int)Math.Round(Math.Pow(Steps, i / 12.0))).ToHashSet();
        for (var step = 1; step <= Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            network.zero_grad();
            nn.functional.cross_entropy(trained.Logits(pixels), targets).backward();
            using (no_grad()) network.Head.weight!.sub_(network.Head.weight.grad!);
            if (!moments.Contains(step)) continue;
            var now = new List<Measurement>();
            using var snapshot = new EpochSnapshot(trained, step, 2, new Seed(1), CPU, default);
            new MetricRunner(now.Add, Assert.Fail, history).Run(snapshot, [("implicit-bias", Metric)]);
            history.Add(now);
            measured[step] = quantity => now.Value(quantity, Split.Train);
        }
        return measured;
    }
}
