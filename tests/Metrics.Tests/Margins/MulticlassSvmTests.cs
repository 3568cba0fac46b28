using CsCheck;
using Harness;
using Harness.Metrics.Margins;
using TorchSharp;
using static TorchSharp.torch;

namespace Metrics.Tests.Margins;

public class MulticlassSvmTests
{
    [Fact]
    public void TwoPointsAreSplitInTheMiddle()
    {
        // (w_0 − w_1)·(3, 4) ≥ 1 and (w_1 − w_0)·(−3, −4) ≥ 1: w_0 = −w_1 = (3, 4)/50, ‖W‖² = 2/100.
        var svm = Solve(new([[3, 4], [-3, -4]], [0, 1]), 2);
        Assert.Equal([0.06, 0.08, -0.06, -0.08], svm.Weight.SelectMany(w => w), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0.01, svm.Dual, 1e-9);
        Assert.Equal(0, svm.AtBound);
    }

    [Fact]
    public void TheNearestPointDecides()
    {
        var svm = Solve(new([[2, 0], [5, 0], [-2, 0]], [0, 0, 1]), 2);
        Assert.Equal([0.25, 0, -0.25, 0], svm.Weight.SelectMany(w => w), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(1, new Samples([[2, 0], [5, 0], [-2, 0]], [0, 0, 1]).SmallestMargin(svm.Weight), 1e-8);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public void OnASimplexTheSolutionIsTheSimplex(int classes)
    {
        var vertices = Enumerable.Range(0, classes).Select(c => Enumerable.Range(0, classes).Select(j => (j == c ? classes : 0) - 1.0).ToArray()).ToArray();
        var svm = Solve(new(vertices, [.. Enumerable.Range(0, classes)]), classes);
        // (v_y − v_c)·v_y = C² for the vertices C e_y − 1: W = M/C².
        foreach (var (w, v) in svm.Weight.Zip(vertices))
            Assert.Equal(v.Select(x => x / (classes * classes)), w, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>Every set of constraints that could be the active one, each with its least-norm solution.</summary>
    [Fact]
    public void TheSolutionIsThatOfBruteForce() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 3]).Sample((seed, classes) =>
        {
            var samples = Separable(new Seed(seed), classes, classes == 2 ? 6 : 4, 3);
            var best = BruteForce(samples, classes);
            Assert.NotNull(best);
            var svm = Solve(samples, classes);
            Assert.InRange(svm.Gap, -1e-9, 1e-8);
            Assert.Equal(best.Sum(w => w * w) / 2, svm.Dual, 1e-6 * svm.Dual);
            var scale = 1 / samples.SmallestMargin(svm.Weight);
            Assert.Equal(best, svm.Weight.SelectMany(w => w).Select(w => scale * w), (a, b) => Math.Abs(a - b) < 1e-3 * Math.Sqrt(2 * svm.Dual));
        }, iter: 30);

    [Fact]
    public void TheGapIsAboveTheDistanceToTheOptimum() =>
        Gen.Select(Gen.ULong, Gen.Int[2, 5], Gen.Int[1, 6]).Sample((seed, classes, passes) =>
        {
            var samples = Random(new Seed(seed), classes, 30, 3);
            var rough = MulticlassSvm.Solve(samples, classes, 0.1, 1e-12, passes, new Seed(2), TestContext.Current.CancellationToken);
            var fine = MulticlassSvm.Solve(samples, classes, 0.1, 1e-10, 10_000, new Seed(3), TestContext.Current.CancellationToken);
            Assert.True(rough.Gap >= -1e-12);
            // P − D = gap P, and the optimum lies between: no dual value is above any primal one, however far either solver came.
            Assert.True(rough.Dual <= fine.Dual / (1 - fine.Gap) * (1 + 1e-9));
            Assert.True(rough.Dual / (1 - rough.Gap) >= fine.Dual * (1 - 1e-9));
        }, iter: 40);

    [Fact]
    public void ImagesThatCannotBeSeparatedAreHeldBackByThePenalty()
    {
        // The same point in both classes: any W has slack 2 together, so W = 0 is the best, and both are at the bound.
        var svm = MulticlassSvm.Solve(new([[1, 2], [1, 2]], [0, 1]), 2, 10, 1e-9, 1000, new Seed(1), TestContext.Current.CancellationToken);
        Assert.InRange(svm.Gap, -1e-12, 1e-9);
        Assert.All(svm.Weight.SelectMany(w => w), w => Assert.Equal(0, w, 1e-9));
        Assert.Equal(20, svm.Dual, 1e-6);
    }

    [Fact]
    public void PassesAreBoundedAndTheGapThatIsLeftIsSaid()
    {
        var samples = Random(new Seed(4), 4, 60, 5);
        var svm = MulticlassSvm.Solve(samples, 4, 1e6, 1e-9, 1, new Seed(1), TestContext.Current.CancellationToken);
        Assert.True(svm.Gap > 1e-3);
    }

    [Fact]
    public void TheSameSeedGivesTheSameBits()
    {
        var samples = Random(new Seed(5), 3, 40, 17);
        double[] Weights(ulong seed) => [.. MulticlassSvm.Solve(samples, 3, 1, 1e-4, 50, new Seed(seed), TestContext.Current.CancellationToken).Weight.SelectMany(w => w)];
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));
    }

    private static MulticlassSvm Solve(Samples samples, int classes) =>
        MulticlassSvm.Solve(samples, classes, 1e6, 1e-9, 20_000, new Seed(1), TestContext.Current.CancellationToken);

    private static Samples Random(Seed seed, int classes, int count, int dimension)
    {
        var random = seed.Random();
        return new(
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextDouble(-1, 1)).ToArray())],
            [.. Enumerable.Range(0, count).Select(i => i % classes)]);
    }

    /// <summary>Noise around far centres.</summary>
    private static Samples Separable(Seed seed, int classes, int count, int dimension)
    {
        var noise = Random(seed, classes, count, dimension);
        return noise with { Rows = [.. noise.Rows.Select((x, i) => x.Select((v, j) => v + (j == noise.Labels[i] ? 3 : 0)).ToArray())] };
    }

    private static double[]? BruteForce(Samples samples, int classes)
    {
        using var scope = NewDisposeScope();
        var dimension = samples.Dimension;
        var constraints = new List<double[]>();
        for (var i = 0; i < samples.Rows.Length; i++)
        {
            foreach (var c in Enumerable.Range(0, classes).Where(c => c != samples.Labels[i]))
            {
                var row = new double[classes * dimension];
                samples.Rows[i].CopyTo(row, samples.Labels[i] * dimension);
                for (var j = 0; j < dimension; j++) row[c * dimension + j] = -samples.Rows[i][j];
                constraints.Add(row);
            }
        }
        var all = tensor(constraints.SelectMany(row => row).ToArray()).view(constraints.Count, -1);
        double[]? best = null;
        for (var set = 1; set < 1 << constraints.Count; set++)
        {
            using var step = NewDisposeScope();
            var active = tensor(Enumerable.Range(0, constraints.Count).Where(k => (set >> k & 1) == 1).Select(k => (long)k).ToArray());
            var rows = all.index_select(0, active);
            var w = rows.pinverse(1e-12).sum(1);
            if (all.mv(w).min().ToDouble() < 1 - 1e-9) continue;
            var values = w.data<double>().ToArray();
            if (best is null || values.Sum(v => v * v) < best.Sum(v => v * v)) best = values;
        }
        return best;
    }
}
