using CsCheck;
using Harness;
using Harness.Metrics.Robustness.AutoAttack;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class HyperplaneInBoxTests
{
    [Theory]
    [InlineData(Norm.Linf, new[] { 0.2, 0.2 }, new[] { 0.1, 0.3 }, new[] { 0.3, 0.3 })]
    [InlineData(Norm.L2, new[] { 0.2, 0.2 }, new[] { 0.1, 0.3 }, new[] { 0.3, 0.3 })]
    public void BindingPixelLeavesTheRestToTheOthers(Norm norm, double[] free, double[] bound, double[] corner)
    {
        // The plane x1 + x2 = sum + 0.4 from (0.5, 0.5), where the box is far; from (0.9, 0.5), where x1 stops at 1; and one that is out of reach from (0.7, 0.7).
        using var scope = NewDisposeScope();
        var images = tensor(new[] { 0.5, 0.5, 0.9, 0.5, 0.7, 0.7 }).view(3, 1, 1, 2);
        var way = HyperplaneInBox.Way(images, ones(3, 1, 1, 2), tensor(new[] { -0.4, -0.4, -0.7 }), norm).data<double>().ToArray();
        foreach (var (expected, actual) in ((double[])[.. free, .. bound, .. corner]).Zip(way)) Assert.Equal(expected, actual, 1e-12);
    }

    [Fact]
    public void WayEndsOnThePlaneInTheBoxAndNoShorterOneDoes() =>
        Gen.Select(Gen.Bool, Gen.ULong, Gen.Double[-2, 0.5], Gen.Bool).Sample((max, seed, size, up) =>
        {
            using var scope = NewDisposeScope();
            var norm = max ? Norm.Linf : Norm.L2;
            var x = Values(new Seed(seed).Derive("x").Uniform(-0.3, 1.3, 1, 1, 3, 4).clamp(0, 1));
            var w = Values(new Seed(seed).Derive("w").Uniform(-1, 1, 1, 1, 3, 4));
            w[(int)(seed % 12)] = 0;
            var c = (up ? 1 : -1) * Math.Pow(10, size);
            double Room(int j) => Math.Sign(c * w[j]) > 0 ? x[j] : 1 - x[j];
            var delta = Values(HyperplaneInBox.Way(tensor(x).view(1, 1, 3, 4), tensor(w).view(1, 1, 3, 4), tensor(new[] { c }), norm));

            Assert.All(Enumerable.Range(0, 12), j => Assert.InRange(x[j] + delta[j], -1e-12, 1 + 1e-12));
            var reach = Enumerable.Range(0, 12).Sum(j => Math.Abs(w[j]) * Room(j));
            var value = c + Enumerable.Range(0, 12).Sum(j => w[j] * delta[j]);
            if (reach < Math.Abs(c))
            {
                Assert.Equal(Math.Abs(c) - reach, Math.Abs(value), 1e-9);
                return;
            }
            Assert.Equal(0, value, 1e-9);
            if (norm == Norm.Linf)
            {
                // In a smaller cube even the best move of every pixel falls short.
                var smaller = 0.999 * delta.Max(Math.Abs);
                Assert.True(Enumerable.Range(0, 12).Sum(j => Math.Abs(w[j]) * Math.Min(smaller, Room(j))) < Math.Abs(c));
            }
            else
            {
                // Karush-Kuhn-Tucker: one multiplier for all pixels that the box does not stop, and a larger one for those it does.
                var free = Enumerable.Range(0, 12).Where(j => w[j] != 0 && Math.Abs(delta[j]) < Room(j) - 1e-9).ToArray();
                foreach (var j in free) Assert.Equal(delta[free[0]] / w[free[0]], delta[j] / w[j], 1e-9 + 1e-9 * Math.Abs(delta[j] / w[j]));
                if (free.Length == 0) return;
                foreach (var j in Enumerable.Range(0, 12).Except(free).Where(j => w[j] != 0))
                    Assert.True(Math.Abs(delta[j] / w[j]) <= Math.Abs(delta[free[0]] / w[free[0]]) * (1 + 1e-9));
            }
        }, iter: 200);

    [Fact]
    public void FlatFunctionLeadsNowhere()
    {
        using var scope = NewDisposeScope();
        foreach (var norm in (Norm[])[Norm.Linf, Norm.L2])
        {
            Assert.Equal([0, 0], Values(HyperplaneInBox.Way(full([1, 1, 1, 2], 0.5), zeros(1, 1, 1, 2), tensor(new[] { 1.0 }), norm)));
            Assert.Equal([0, 0], Values(HyperplaneInBox.Way(full([1, 1, 1, 2], 0.5), ones(1, 1, 1, 2), tensor(new[] { 0.0 }), norm)));
        }
    }

    private static double[] Values(Tensor values) => values.to(ScalarType.Float64).data<double>().ToArray();
}
