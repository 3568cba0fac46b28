using Harness;
using Harness.Measuring;
using Harness.Metrics.Robustness.AutoAttack;
using Harness.Metrics.Robustness.FixedEps;
using Harness.Results;
using Metrics.Tests.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class AutoAttackMetricTests
{
    private static readonly AutoAttackOptions Quick = new() { Iterations = 12, Queries = 60, Restarts = 2 };

    [Theory]
    [InlineData(AttackSet.Standard)]
    [InlineData(AttackSet.Plus)]
    public void AccuracyFallsWhereTheRadiiLieAttackAfterAttack(AttackSet set)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(3, count: 8);
        var radii = Radii(problem, Norm.L2);
        double[] eps = [radii[0] / 2, (radii[3] + radii[4]) / 2, radii[7] * 1.3];
        AutoAttackOptions options = Quick with { Set = set, Linf = [], L2 = eps };
        var measured = Measure(options, problem.Network, 3);

        Assert.Equal([0, .. eps], Curve(measured, "l2.accuracy").X!);
        Assert.Equal([1, 1, 0.5, 0], Curve(measured, "l2.accuracy").Y!);
        string[] order = set == AttackSet.Standard ? ["apgd-ce", "apgd-t", "fab-t", "square"] : ["apgd-ce", "apgd-dlr", "fab", "square", "apgd-t", "fab-t"];
        foreach (var (before, after) in order.Zip(order.Skip(1)))
            Assert.All(Curve(measured, $"l2.{before}.accuracy").Y!.Zip(Curve(measured, $"l2.{after}.accuracy").Y!), p => Assert.True(p.Second <= p.First));
        Assert.Equal(Curve(measured, "l2.accuracy").Y!, Curve(measured, $"l2.{order[^1]}.accuracy").Y!);
        Assert.Equal((radii[3] + radii[4]) / 2, measured.Value("l2.radius.median", Split.Test), 1e-3 * radii[4]);
        Assert.InRange(measured.Value("l2.radius.median.low", Split.Test), 0, radii[3]);
        Assert.InRange(measured.Value("l2.radius.median.high", Split.Test), radii[4], radii[7] * 1.001);
        foreach (var check in (string[])["radius.unbroken", "misclassified", "changed", "outside", "not-monotone", "zero-gradients.cross-entropy", "zero-gradients.dlr"])
            Assert.Equal(0, measured.Value($"l2.{check}", Split.Test));
        Assert.Equal(new AutoAttackMetric(options).Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Order());
    }

    [Fact]
    public void MisclassifiedImagesAreCountedEverywhere()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 8);
        int[] labels = [.. problem.Labels.Select((y, i) => i < 6 ? 1 - y : y)];
        var network = new TestNetwork(problem.Network.Classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(problem.Pixels, labels) });
        var measured = Measure(Quick with { Linf = [1e-7] }, network, 2);
        Assert.Equal([0.25, 0.25], Curve(measured, "linf.accuracy").Y!);
        Assert.Equal(0.75, measured.Value("linf.misclassified", Split.Test));
        Assert.Equal(0, measured.Value("linf.radius.median", Split.Test));
    }

    [Fact]
    public void OverConfidenceIsToldFromRobustness()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(5, scale: 1e5);
        var eps = Radii(problem, Norm.Linf)[^1] * 1.2;
        var measured = Measure(Quick with { Linf = [eps] }, problem.Network, 5);
        Assert.Equal(1, measured.Value("linf.zero-gradients.cross-entropy", Split.Test));
        Assert.Equal(0, measured.Value("linf.zero-gradients.rescaled", Split.Test));
        Assert.Equal(0, measured.Value("linf.zero-gradients.dlr", Split.Test));
        Assert.True(Curve(measured, "linf.apgd-ce.accuracy").Y![1] > 0);
        Assert.Equal([1, 0], Curve(measured, "linf.accuracy").Y!);
        Assert.Equal(Curve(measured, "linf.apgd-ce.accuracy").Y![1], Curve(measured, "linf.scale-free.gain").Y![1]);
    }

    [Fact]
    public void UnbrokenImagesHaveAnInfiniteRadius()
    {
        using var scope = NewDisposeScope();
        var pixels = new Seed(1).Uniform(0, 1, 5, 1, 3, 3);
        var classifier = new LinearClassifier(zeros(2, 9), tensor(new[] { 1f, 0 }));
        var network = new TestNetwork(classifier, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(pixels, new int[5]) });
        var measured = Measure(Quick with { Linf = [0.5] }, network, 2);
        Assert.Equal([1, 1], Curve(measured, "linf.accuracy").Y!);
        Assert.Equal(1, measured.Value("linf.radius.unbroken", Split.Test));
        Assert.True(double.IsPositiveInfinity(measured.Value("linf.radius.median", Split.Test)));
        Assert.Equal(1, measured.Value("linf.zero-gradients.dlr", Split.Test));
    }

    [Fact]
    public void NumbersHangOnTheSeedAndNotOnTheBatchSize()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(3, count: 8);
        var radii = Radii(problem, Norm.Linf);
        AutoAttackOptions options = Quick with { Linf = [(radii[2] + radii[3]) / 2, (radii[4] + radii[5]) / 2], Images = 7 };
        var first = Measure(options, problem.Network, 3);
        Assert.Equal(Told(first), Told(Measure(options, problem.Network, 3)));
        Assert.Equal(Told(first), Told(Measure(options with { BatchSize = 3 }, problem.Network, 3)));

        static IEnumerable<string> Told(IEnumerable<Measurement> measured) => measured.Select(m => $"{m.Quantity} {m.Value:G3} {string.Join(' ', m.Y ?? [])}");
    }

    private static double[] Radii(LinearProblem problem, Norm norm) => [.. Enumerable.Range(0, problem.Count).Select(i => problem.Radius(i, norm)).Order()];

    private static IReadOnlyList<Measurement> Measure(AutoAttackOptions options, TestNetwork network, int classes)
    {
        using var snapshot = new EpochSnapshot(network, 1, classes, new Seed(1), CPU, default);
        return Collected.Of(new AutoAttackMetric(options), snapshot);
    }

    private static Measurement Curve(IEnumerable<Measurement> measured, string quantity) => measured.Single(m => m.Quantity == quantity);
}
