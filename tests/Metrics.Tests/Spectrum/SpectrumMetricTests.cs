using CsCheck;
using Harness;
using Harness.Measuring;
using Harness.Metrics.Spectrum;
using Harness.Results;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

public class SpectrumMetricTests
{
    private static readonly string[] PartNames = ["class", "cross", "within", "same-class"];
    private static readonly SpectrumOptions LastLayer = new() { WholeNet = false, Steps = 200 };

    /// <summary>Features on orthogonal class means with a little noise, and a head that knows them: C outliers of the class means, C(C − 2) of the cross-class means.</summary>
    [Fact]
    public void KnockOutTakesThePlantedOutliersAway()
    {
        const int Classes = 5;
        var measured = Collected.Of(new SpectrumMetric(new() { WholeNet = false, Steps = 64 }), Planted(Classes, noise: 0.02));
        Assert.Equal(Classes, measured.Value("last-layer.outliers", Split.Train));
        Assert.Equal(Classes * (Classes - 2), measured.Value("last-layer.mini-bulk", Split.Train));
        Assert.InRange(measured.Value("last-layer.outliers.explained", Split.Train), 0.95, 1);

        var (whole, classKnocked, bothKnocked) = (Values(measured, "gauss-newton"), Values(measured, "knock-out.class"), Values(measured, "knock-out.class-cross"));
        Assert.True(whole[Classes - 1] > 2 * classKnocked[0], "The outliers stand apart and go.");
        Assert.True(classKnocked[Classes * (Classes - 2) - 1] > 20 * bothKnocked[0], "The mini-bulk stands apart and goes.");
        Assert.Equal(Classes, Values(measured, "class").Length);
        Assert.Equal(Classes * (Classes - 2), Values(measured, "cross").Length);
        // The first C of G are the class means', shrunk together only by what lies across.
        foreach (var (a, b) in whole.Zip(Values(measured, "class"))) Assert.Equal(1, a / b, 0.1);
    }

    [Fact]
    public void WithoutClassStructureNothingStandsApart()
    {
        // The same head, and features that have forgotten their class.
        var planted = Planted(5, noise: 0.02);
        var order = new Seed(9).Random().Permutation(planted.TrainLabels.Length);
        var measured = Collected.Of(new SpectrumMetric(LastLayer), planted with { TrainLabels = [.. order.Select(i => planted.TrainLabels[i])] });
        Assert.True(measured.Value("last-layer.outliers.explained", Split.Train) < 0.7);
        Assert.True(measured.Value("last-layer.within.share", Split.Train) + measured.Value("last-layer.same-class.share", Split.Train) > 0.5);
    }

    [Fact]
    public void SharesAndAttributionsAddUpToOne()
    {
        using var scope = NewDisposeScope();
        var measured = Whole(TinyNetwork.Mlp(5));
        foreach (var weights in (string[])["last-layer", "network"])
        {
            Assert.Equal(1, PartNames.Sum(p => measured.Value($"{weights}.{p}.share", Split.Train)), 1e-9);
            var attributions = PartNames.Select(p => Curve(measured, $"{weights}.{p}.attribution").Y!).ToArray();
            for (var j = 0; j < attributions[0].Count; j++) Assert.Equal(1, attributions.Sum(a => a[j]), 1e-9);
        }
    }

    [Fact]
    public void EigenvaluesAndTracesOfTheWholeNetworkAreThoseOfTheMatrices()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        var dense = WholeNetworkTests.Dense(tiny);
        var hessian = linalg.eigvalsh(tiny.Hessian()).flip(0).data<double>().ToArray();
        var measured = Whole(tiny);
        Eigenvalues(dense.Sum(Parts.All), "gauss-newton");
        Eigenvalues(dense.Sum(Parts.Cross | Parts.Within | Parts.SameClass), "knock-out.class");
        Eigenvalues(dense.Sum(Parts.Within | Parts.SameClass), "knock-out.class-cross");
        foreach (var (part, name) in dense.Keys.Zip(PartNames)) Eigenvalues(dense[part], name);
        foreach (var (expected, found) in hessian.Zip(Curve(measured, "network.hessian.eigenvalues").Y!)) Assert.Equal(expected, found, 1e-6);
        Assert.Equal(hessian[^1], measured.Value("network.hessian.smallest", Split.Train), 1e-6);

        WithinErrors(dense.Sum(Parts.All).diagonal().sum().ToDouble(), "gauss-newton");
        foreach (var (part, name) in dense.Keys.Zip(PartNames)) WithinErrors(dense[part].diagonal().sum().ToDouble(), name);
        WithinErrors(hessian.Sum(), "hessian");

        void Eigenvalues(Tensor matrix, string name)
        {
            var expected = linalg.eigvalsh(matrix).flip(0).data<double>().ToArray();
            var found = Curve(measured, $"network.{name}.eigenvalues").Y!;
            Assert.NotEmpty(found);
            foreach (var (a, b) in expected.Zip(found)) Assert.True(Math.Abs(a - b) <= 1e-9 * expected[0], $"{name}: {a} and {b}");
        }

        void WithinErrors(double expected, string name)
        {
            var trace = measured.Single(m => m.Quantity == $"network.{name}.trace");
            Assert.True(Math.Abs(trace.Value!.Value - expected) < 4 * trace.StandardError + 1e-9, $"{name}: {trace.Value} ± {trace.StandardError} for {expected}");
            Assert.True(trace.StandardError < 0.2 * expected, $"{name}: ± {trace.StandardError} of {expected}");
        }
    }

    [Fact]
    public void RelabellingTheClassesChangesNothing() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Int[2, 6]).Sample((seed, classes, dimension) =>
        {
            var fixture = Small(FeatureFixture.Random(new Seed(seed), classes, dimension));
            var order = new Seed(seed).Derive("order").Random().Permutation(classes);
            var there = new long[classes];
            for (var c = 0; c < classes; c++) there[order[c]] = c;
            var relabelled = fixture with
            {
                Weight = [.. order.Select(c => fixture.Weight[c])],
                Bias = [.. order.Select(c => fixture.Bias[c])],
                TrainLabels = [.. fixture.TrainLabels.Select(l => there[l])],
                TestLabels = [.. fixture.TestLabels.Select(l => there[l])],
            };
            var (before, after) = (Collected.Of(new SpectrumMetric(LastLayer), fixture), Collected.Of(new SpectrumMetric(LastLayer), relabelled));
            foreach (var (a, b) in before.Zip(after).Where(p => p.First.Quantity.EndsWith(".trace", StringComparison.Ordinal)))
                Assert.True(Math.Abs(a.Value!.Value - b.Value!.Value) <= 1e-9 * before.Value("last-layer.gauss-newton.trace", Split.Train), a.Quantity);
            foreach (var name in (string[])["gauss-newton", "class", "knock-out.class", "within"])
            {
                foreach (var (a, b) in Values(before, name).Zip(Values(after, name)))
                    Assert.True(Math.Abs(a - b) <= 1e-8 * Values(before, "gauss-newton")[0], $"{name}: {a} and {b}");
            }
        }, iter: 15);

    [Fact]
    public void OnCollapsedFeaturesEveryNumberIsThereAndWithinIsNothing()
    {
        var measured = Collected.Of(new SpectrumMetric(LastLayer), ExactFixture.Collapsed(4));
        AllFinite(measured);
        Assert.Equal(0, measured.Value("last-layer.within.share", Split.Train), 1e-12);
        Assert.Equal(4, Values(measured, "class").Length);
        // Simplex vertices are not orthogonal, so the cross-class means of one class reach into the mean of another: 12/13 with four.
        Assert.Equal(12.0 / 13, measured.Value("last-layer.outliers.explained", Split.Train), 1e-6);
    }

    [Fact]
    public void WhereNoProbabilityIsLeftTheMatrixIsZeroAndItsSharesAreMissing()
    {
        var sure = ExactFixture.Collapsed(3);
        var measured = Collected.Of(new SpectrumMetric(LastLayer), sure with { Weight = [.. sure.Weight.Select(w => w.Select(x => 1e3 * x).ToArray())] });
        Assert.Equal(0, measured.Value("last-layer.gauss-newton.trace", Split.Train));
        Assert.Equal(0, measured.Value("last-layer.outliers", Split.Train));
        Assert.Equal(double.NaN, measured.Value("last-layer.class.share", Split.Train));
        Assert.Empty(Values(measured, "gauss-newton"));
        Assert.All(measured.Where(m => m.Quantity.EndsWith(".density", StringComparison.Ordinal)), m => Assert.All(m.Y!, y => Assert.Equal(0, y)));
    }

    [Fact]
    public void ATwoClassProblemHasNoCrossPart()
    {
        var measured = Collected.Of(new SpectrumMetric(LastLayer), Small(FeatureFixture.Random(new Seed(3), 2, 5)));
        AllFinite(measured);
        Assert.Equal(0, measured.Value("last-layer.cross.trace", Split.Train), 1e-12);
        Assert.Empty(Values(measured, "cross"));
    }

    [Fact]
    public void TheSameSnapshotGivesTheSameBitsAndTheNetworkIsAsItWas()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Conv(7, precision: ScalarType.Float32);
        var before = tiny.Classifier.parameters().Select(p => (Value: p.clone(), p.requires_grad)).ToArray();
        var (first, second) = (Whole(tiny), Whole(tiny));
        Assert.Equal(first.Count, second.Count);
        foreach (var (a, b) in first.Zip(second))
        {
            Assert.Equal((a.Quantity, a.Value, a.StandardError), (b.Quantity, b.Value, b.StandardError));
            Assert.Equal(a.X, b.X);
            Assert.Equal(a.Y, b.Y);
        }
        foreach (var (was, parameter) in before.Zip(tiny.Classifier.parameters()))
        {
            Assert.True(was.Value.eq(parameter).all().ToBoolean());
            Assert.Equal(was.requires_grad, parameter.requires_grad);
            Assert.Null(parameter.grad);
        }
    }

    [Fact]
    public void SeveralProbesSmoothTheDensityAndLeaveEigenvalues()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        var (one, three) = (Whole(tiny), Whole(tiny, new() { Steps = 64, Probes = 3 }));
        Assert.Equal(Curve(one, "network.hessian.eigenvalues").Y, Curve(three, "network.hessian.eigenvalues").Y);
        Assert.NotEqual(Curve(one, "network.hessian.density").Y, Curve(three, "network.hessian.density").Y);
        var density = Curve(three, "network.hessian.density");
        Assert.Equal(1, density.Y!.Sum() * (density.X![1] - density.X[0]), 1e-3);
    }

    [Fact]
    public void NoTensorIsLeftBehind()
    {
        using var scope = NewDisposeScope();
        var tiny = TinyNetwork.Mlp(5);
        Whole(tiny);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Whole(tiny);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void EveryDeclaredQuantityIsReportedAndTheCardSaysWhatIsNeeded()
    {
        using var scope = NewDisposeScope();
        var metric = new SpectrumMetric(new() { Steps = 8 });
        Assert.Equal(metric.Card.Quantities.Select(q => q.Name).Order(), Whole(TinyNetwork.Mlp(5), new() { Steps = 8 }).Select(m => m.Quantity).Order());
        Assert.Equal(MeasureAt.Ends, metric.Card.DefaultAt);
        Assert.Equal((MetricNeeds.TrainFeatures, MetricNeeds.Network), (metric.Card.Needs, metric.Card.Uses));
        Assert.Equal((MetricNeeds.TrainFeatures, MetricNeeds.None), (new SpectrumMetric(LastLayer).Card.Needs, new SpectrumMetric(LastLayer).Card.Uses));
        Assert.All(new SpectrumMetric(LastLayer).Card.Quantities, q => Assert.StartsWith("last-layer.", q.Name));
    }

    [Fact]
    public void OfFeaturesAloneTheLastLayerIsMeasured()
    {
        var measured = Collected.Of(new SpectrumMetric(new()), ExactFixture.Collapsed(4));
        Assert.Equal(new SpectrumMetric(LastLayer).Card.Quantities.Select(q => q.Name).Order(), measured.Select(m => m.Quantity).Order());
    }

    private static FeatureFixture Planted(int classes, double noise)
    {
        const int Dimension = 12, PerClass = 20;
        var random = new Seed(7).Random();
        double[] Mean(int c) => [.. Enumerable.Range(0, Dimension).Select(j => j == c ? 1 + 0.005 * c : 0)];
        var weight = Enumerable.Range(0, classes).Select(c => Mean(c).Select(m => 8 * m + random.NextDouble(-0.1, 0.1)).ToArray()).ToArray();
        var labels = Enumerable.Range(0, classes * PerClass).Select(i => (long)(i % classes)).ToArray();
        var features = labels.Select(c => Mean((int)c).Select(m => m + random.NextDouble(-noise, noise)).ToArray()).ToArray();
        return new(weight, new double[classes], features, labels, features, labels);
    }

    /// <summary>The same of a size at which probabilities are neither 0 nor 1.</summary>
    private static FeatureFixture Small(FeatureFixture fixture) =>
        fixture.Map(h => [.. h.Select(v => v / 1000)], w => [.. w.Select(v => v / 100)]) with { Bias = [.. fixture.Bias.Select(b => b / 100)] };

    private static IReadOnlyList<Measurement> Whole(TinyNetwork tiny, SpectrumOptions? options = null)
    {
        using var snapshot = new EpochSnapshot(tiny.Trained, 1, TinyNetwork.Classes, new Seed(1), CPU, default);
        return Collected.Of(new SpectrumMetric(options ?? new() { Steps = 64 }), snapshot);
    }

    private static Measurement Curve(IReadOnlyList<Measurement> measured, string quantity) => measured.Single(m => m.Quantity == quantity);

    private static double[] Values(IReadOnlyList<Measurement> measured, string matrix) => [.. Curve(measured, $"last-layer.{matrix}.eigenvalues").Y!];

    private static void AllFinite(IReadOnlyList<Measurement> measured)
    {
        Assert.All(measured.Where(m => m.Value is not null), m => Assert.True(double.IsFinite(m.Value!.Value), m.Quantity));
        Assert.All(measured.Where(m => m.Y is not null), m => Assert.All(m.X!.Concat(m.Y!), v => Assert.True(double.IsFinite(v), m.Quantity)));
    }
}
