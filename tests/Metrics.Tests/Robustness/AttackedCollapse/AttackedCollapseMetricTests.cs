using Harness;
using Harness.Measuring;
using Harness.Metrics.Robustness.AttackedCollapse;
using Harness.Metrics.Robustness.FixedEps;
using Harness.Results;
using Metrics.Tests.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AttackedCollapse;

public class AttackedCollapseMetricTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void CleanImagesHaveTheNc1OfTheDefinition(int classes)
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(classes, count: 40);
        var measured = Measure(new() { Split = Split.Test, PerClass = 100, Linf = [1e-7] }, problem.Network, classes);

        var h = problem.Pixels.flatten(1).to(ScalarType.Float64);
        var present = problem.Labels.Distinct().Order().ToArray();
        var means = stack([.. present.Select(c => Of(c).mean([0L]))]);
        var centred = means.sub(means.mean([0L], true));
        var between = centred.t().mm(centred).div(present.Length);
        var within = stack([.. present.Select((c, k) => { var d = Of(c).sub(means[k]); return d.t().mm(d).div(d.shape[0]); })]).mean([0L]);
        var expected = within.mm(linalg.pinv(between, hermitian: true)).trace().item<double>() / present.Length;
        foreach (var name in (string[])["nc1.label", "nc1.prediction"]) Assert.Equal(expected, Curve(measured, $"linf.{name}")[0], 1e-6 * expected);
        Assert.Equal(1, Curve(measured, "linf.means.label")[0], 1e-9);
        Assert.Equal(0, Curve(measured, "linf.misclassified")[0]);
        Assert.Equal(new AttackedCollapseMetric(new() { Linf = [1e-7] }).Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Order());

        Tensor Of(int c) => h.index_select(0, tensor(Enumerable.Range(0, 40).Where(i => problem.Labels[i] == c).Select(i => (long)i).ToArray()));
    }

    [Fact]
    public void AttackedImagesOfTwoClassesChangePlaces()
    {
        // Where every image is broken, to predict is to swap the two labels: the groups are the same, their means' directions opposite.
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 30);
        var far = 5 * Enumerable.Range(0, problem.Count).Max(i => problem.Radius(i, Norm.L2));
        var measured = Measure(new() { Split = Split.Test, PerClass = 100, Linf = [], L2 = [far] }, problem.Network, 2);
        Assert.Equal(1, Curve(measured, "l2.misclassified")[1]);
        Assert.Equal(Curve(measured, "l2.nc1.label")[1], Curve(measured, "l2.nc1.prediction")[1], 1e-9);
        Assert.Equal(-Curve(measured, "l2.means.label")[1], Curve(measured, "l2.means.prediction")[1], 1e-9);
        Assert.True(Curve(measured, "l2.nc1.label")[1] < Curve(measured, "l2.nc1.label")[0], "all steps go along one direction, in which the means then differ more");
    }

    [Fact]
    public void NearestCentreIsOfTheCleanImages()
    {
        using var scope = NewDisposeScope();
        var features = tensor(new[] { 0.0, 0, 10, 0, 0, 10 }).view(3, 2);
        var groups = new ClassGroups(features, tensor(new long[] { 0, 1, 3 }), 4);
        Assert.Equal([true, true, false, true], groups.Present.data<bool>().ToArray());
        Assert.Equal([0, 1, 3, 1], groups.Nearest(tensor(new[] { 1.0, 2, 6, 1, 1, 8, 100, 99 }).view(4, 2)).data<long>().ToArray());
    }

    [Fact]
    public void SingleGroupHasNoVariabilityToCompare()
    {
        using var scope = NewDisposeScope();
        var one = new ClassGroups(rand(5, 3, ScalarType.Float64), zeros(5, ScalarType.Int64), 3);
        Assert.True(double.IsNaN(one.Nc1()));
        Assert.True(double.IsNaN(one.Agreement(one)));
    }

    [Fact]
    public void NumbersHangOnTheSeedAndNotOnTheBatchSize()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(3, count: 30);
        AttackedCollapseOptions options = new() { Split = Split.Test, PerClass = 4, Linf = [0.004], Steps = 5 };
        var first = Measure(options, problem.Network, 3);
        Assert.Equal(Told(first), Told(Measure(options, problem.Network, 3)));
        Assert.Equal(Told(first), Told(Measure(options with { BatchSize = 5 }, problem.Network, 3)));

        static IEnumerable<string> Told(IEnumerable<Measurement> measured) => measured.Select(m => $"{m.Quantity} {string.Join(' ', m.Y!.Select(y => $"{y:G4}"))}");
    }

    [Fact]
    public void ParametersAreLeftAsTheyWereAndAStopIsHeard()
    {
        using var scope = NewDisposeScope();
        var problem = new LinearProblem(2, count: 10);
        var parameters = problem.Network.Classifier.parameters().ToArray();
        _ = Measure(new() { Split = Split.Test, Steps = 2 }, problem.Network, 2);
        Assert.All(parameters, p => Assert.Null(p.grad));
        using var snapshot = new EpochSnapshot(problem.Network, 1, 2, new Seed(1), CPU, new CancellationToken(canceled: true));
        Assert.Throws<OperationCanceledException>(() => new AttackedCollapseMetric(new() { Split = Split.Test }).Measure(snapshot, null!));
        Assert.All(parameters, p => Assert.True(p.requires_grad));
    }

    private static IReadOnlyList<Measurement> Measure(AttackedCollapseOptions options, TestNetwork network, int classes)
    {
        using var snapshot = new EpochSnapshot(network, 1, classes, new Seed(1), CPU, default);
        return Collected.Of(new AttackedCollapseMetric(options), snapshot);
    }

    private static double[] Curve(IEnumerable<Measurement> measured, string quantity) => [.. measured.Single(m => m.Quantity == quantity).Y!];
}
