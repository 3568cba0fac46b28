using Harness;
using Harness.Measuring;
using Harness.Metrics.Robustness.FixedEps;
using Harness.Results;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

public class FixedEpsMetricTests
{
    [Fact]
    public void AccuracyFallsWhereTheRadiiLie()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 8);
        var radii = Enumerable.Range(0, problem.Count).Select(i => problem.Radius(i, Norm.Linf)).Order().ToArray();
        double[] eps = [radii[0] / 2, (radii[3] + radii[4]) / 2, radii[7] * 1.1];
        var measured = Measure(new() { Linf = eps }, problem.Network, 2);

        Assert.Equal([0, .. eps], Curve(measured, "linf.accuracy").X!);
        foreach (var attack in (string[])["", "fgsm.", "fgsm.gap.", "pgd.", "pgd.rescaled.", "pgd.gap."])
            Assert.Equal([1, 1, 0.5, 0], Curve(measured, $"linf.{attack}accuracy").Y!);
        Assert.Equal(0.5, measured.Value($"linf.accuracy.eps-{Report.Label(eps[1])}", Split.Test));
        Assert.Equal(Math.Sqrt(0.25 / 8), measured.Single(m => m.Quantity == $"linf.accuracy.eps-{Report.Label(eps[1])}").StandardError!.Value, 1e-12);
        foreach (var check in (string[])["misclassified", "changed", "outside", "not-monotone", "zero-gradients.cross-entropy", "zero-gradients.gap"])
            Assert.Equal(0, measured.Value($"linf.{check}", Split.Test));
        Assert.True(Curve(measured, "linf.noise.accuracy").Y![2] >= 0.5);
        Assert.Equal(new FixedEpsMetric(new() { Linf = eps }).Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Order());
    }

    [Fact]
    public void MisclassifiedImagesStayInEveryShare()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 8);
        int[] labels = [.. problem.Labels.Select((y, i) => i < 2 ? 1 - y : y)];
        var network = new TestNetwork(problem.Network.Classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(problem.Pixels, labels) });
        var measured = Measure(new() { Linf = [], L2 = [1e-7] }, network, 2);
        Assert.Equal([0.75, 0.75], Curve(measured, "l2.pgd.accuracy").Y!);
        Assert.Equal([0.75, 0.75], Curve(measured, "l2.accuracy").Y!);
        Assert.Equal(0.25, measured.Value("l2.misclassified", Split.Test));
    }

    [Fact]
    public void OverConfidenceIsToldFromRobustness()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(5, scale: 1e6);
        var eps = Enumerable.Range(0, problem.Count).Max(i => problem.Radius(i, Norm.Linf)) * 1.2;
        var measured = Measure(new() { Linf = [eps] }, problem.Network, 5);
        Assert.Equal(1, measured.Value("linf.zero-gradients.cross-entropy", Split.Test));
        Assert.Equal(0, measured.Value("linf.zero-gradients.rescaled", Split.Test));
        Assert.Equal(0, measured.Value("linf.zero-gradients.gap", Split.Test));
        Assert.Equal([1, 1], Curve(measured, "linf.fgsm.accuracy").Y!);
        Assert.Equal([1, 0], Curve(measured, "linf.pgd.gap.accuracy").Y!);
        Assert.True(Curve(measured, "linf.scale-free.gain").Y![1] > 0);
    }

    [Fact]
    public void NumbersHangOnTheSeedAndNotOnTheBatchSize()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 8);
        var radii = Enumerable.Range(0, problem.Count).Select(i => problem.Radius(i, Norm.Linf)).Order().ToArray();
        FixedEpsOptions options = new() { Linf = [(radii[2] + radii[3]) / 2, (radii[4] + radii[5]) / 2], Images = 7 };
        var first = Measure(options, problem.Network, 2);
        Assert.Equal(Told(first), Told(Measure(options, problem.Network, 2)));
        Assert.Equal(Told(first), Told(Measure(options with { BatchSize = 3 }, problem.Network, 2)));
        Assert.InRange(Curve(first, "linf.accuracy").Y![1], 0.5, 0.8);

        static IEnumerable<string> Told(IEnumerable<Measurement> measured) => measured.Select(m => $"{m.Quantity} {m.Value} {string.Join(' ', m.Y ?? [])}");
    }

    [Fact]
    public void ParametersAreLeftAsTheyWere()
    {
        using var scope = NewDisposeScope();
        var network = Conv(out var parameters);
        var before = parameters.Select(p => p.detach().clone()).ToArray();
        _ = Measure(new() { Images = 4, Steps = 2, L2 = [0.1] }, network, 6);
        Assert.All(parameters, p => Assert.Null(p.grad));
        Assert.All(parameters, p => Assert.True(p.requires_grad));
        Assert.All(parameters.Zip(before), pair => Assert.True(pair.First.eq(pair.Second).all().item<bool>()));
    }

    private static TestNetwork Conv(out TorchSharp.Modules.Parameter[] parameters)
    {
        var classifier = new ConvClassifier(new(3), channels: 3, classes: 6);
        classifier.eval();
        parameters = [.. classifier.parameters()];
        var pixels = new Seed(3).Derive("pixels").Uniform(0, 1, 24, 3, 8, 8);
        var plain = new TestNetwork(classifier, new Dictionary<Split, ImageSet>(), mean: 0.5, deviation: 0.25);
        int[] labels = [.. plain.Logits(pixels).argmax(1).data<long>().Select(y => (int)y)];
        return new(classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(pixels, labels) }, mean: 0.5, deviation: 0.25);
    }

    private static IReadOnlyList<Measurement> Measure(FixedEpsOptions options, TestNetwork network, int classes)
    {
        using var snapshot = new EpochSnapshot(network, 1, classes, new Seed(1), CPU, default);
        return Collected.Of(new FixedEpsMetric(options), snapshot);
    }

    private static Measurement Curve(IEnumerable<Measurement> measured, string quantity) => measured.Single(m => m.Quantity == quantity);
}
