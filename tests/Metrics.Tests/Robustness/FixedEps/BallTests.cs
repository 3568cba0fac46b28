using CsCheck;
using Harness;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

public class BallTests
{
    private static readonly Gen<Norm> AnyNorm = Gen.Bool.Select(max => max ? Norm.Linf : Norm.L2);

    [Fact]
    public void WhateverIsProjectedLiesInsideToTheLastBit() =>
        Gen.Select(AnyNorm, Gen.ULong, Gen.Double[-6, 0], Gen.Double[-7, 2]).Sample((norm, seed, size, far) =>
        {
            using var scope = NewDisposeScope();
            var ball = new Ball(norm, Math.Pow(10, size));
            var pixels = new Seed(seed).Derive("x").Uniform(-0.2, 1.2, 4, 3, 5, 5).clamp(0, 1);
            var moved = pixels.add(new Seed(seed).Derive("r").Uniform(-1, 1, 4, 3, 5, 5).mul(Math.Pow(10, far)));
            return ball.Contains(pixels, ball.Project(pixels, moved)).all().item<bool>();
        }, iter: 100);

    [Fact]
    public void WhatLiesWellInsideStaysAsItIs()
    {
        using var scope = NewDisposeScope();
        var pixels = new Seed(1).Uniform(0.2, 0.8, 4, 3, 5, 5);
        var moved = pixels.add(new Seed(2).Uniform(-0.01, 0.01, 4, 3, 5, 5));
        Assert.True(new Ball(Norm.Linf, 0.02).Project(pixels, moved).eq(moved).all().item<bool>());
        Assert.True(new Ball(Norm.L2, 0.2).Project(pixels, moved).eq(moved).all().item<bool>());
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void TheSurfaceIsReached(Norm norm)
    {
        using var scope = NewDisposeScope();
        var pixels = full([2, 3, 5, 5], 0.5f);
        var victims = new Victims(pixels, zeros(2, ScalarType.Int64), [4, 9]);
        var ball = new Ball(norm, 0.1);
        var offsets = RandomOffsets.OnSurface(ball, victims, new(1));
        var reached = ball.SizeOf(ball.Project(pixels, pixels.to(ScalarType.Float64).add(offsets)).to(ScalarType.Float64).sub(0.5));
        Assert.All(reached.data<double>().ToArray(), size => Assert.InRange(size, 0.1 - 1e-6, 0.1));
        Assert.All(ball.SizeOf(RandomOffsets.Uniform(ball, victims, new(1))).data<double>().ToArray(), size => Assert.InRange(size, 0.05, 0.1));
    }

    [Theory]
    [InlineData(Norm.Linf)]
    [InlineData(Norm.L2)]
    public void OneFloatTooFarIsOutside(Norm norm)
    {
        using var scope = NewDisposeScope();
        var pixels = full([1, 1, 1, 1], 0.5f);
        var ball = new Ball(norm, 0.25);
        Assert.True(ball.Contains(pixels, full([1, 1, 1, 1], 0.75f)).item<bool>());
        Assert.False(ball.Contains(pixels, full([1, 1, 1, 1], MathF.BitIncrement(0.75f))).item<bool>());
        Assert.False(ball.Contains(full([1, 1, 1, 1], 1f), full([1, 1, 1, 1], MathF.BitIncrement(1f))).item<bool>());
        Assert.False(ball.Contains(pixels, full([1, 1, 1, 1], float.NaN)).item<bool>());
    }

    [Fact]
    public void DirectionsOfTheSmallestGradientsAreNotLost()
    {
        // The square of 1e-30 underflows in float32.
        using var scope = NewDisposeScope();
        var gradients = tensor(new[] { 3e-30f, -4e-30f, 0f, 0f, float.NaN, 1f }).view(3, 1, 1, 2);
        Assert.Equal([0.6, -0.8, 0, 0, 0, 0], new Ball(Norm.L2, 1).Steepest(gradients).data<double>().Select(v => Math.Round(v, 6)));
        Assert.Equal([1.0, -1, 0, 0, 0, 0], new Ball(Norm.Linf, 1).Steepest(gradients).data<double>());
    }

    [Fact]
    public void RandomnessHangsOnTheImageAlone()
    {
        using var scope = NewDisposeScope();
        var pixels = full([3, 1, 4, 4], 0.5f);
        var victims = new Victims(pixels, zeros(3, ScalarType.Int64), [7, 8, 9]);
        var ball = new Ball(Norm.L2, 1);
        var together = RandomOffsets.Uniform(ball, victims, new(5));
        var alone = RandomOffsets.Uniform(ball, victims.Select([1]), new(5));
        Assert.True(together.narrow(0, 1, 1).eq(alone).all().item<bool>());
        Assert.False(together.narrow(0, 0, 1).eq(alone).any().item<bool>());
        Assert.False(RandomOffsets.Uniform(ball, victims, new(6)).eq(together).any().item<bool>());
    }
}
