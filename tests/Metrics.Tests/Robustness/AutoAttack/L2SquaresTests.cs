using Harness;
using Harness.Metrics.Robustness.AutoAttack;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class L2SquaresTests
{
    [Fact]
    public void BumpsAreThoseOfThePaper()
    {
        // Side 3: n = 1. The left column is 3 x 1, M = (0, 1, 0) down it: 1/4, 1/4 + 1, 1/4. The right two columns are 3 x 2, whose second is the centre.
        double[,] raw = { { 0.25, -0.25, -0.25 }, { 1.25, -0.25, -1.25 }, { 0.25, -0.25, -0.25 } };
        var norm = Math.Sqrt(raw.Cast<double>().Sum(v => v * v));
        var bumps = L2Squares.Bumps(3);
        for (var r = 0; r < 3; r++) for (var s = 0; s < 3; s++) Assert.Equal(raw[r, s] / norm, bumps[r, s], 1e-12);
    }

    [Fact]
    public void BumpsOfEverySideHaveNormOne()
    {
        for (var side = 1; side < 40; side++) Assert.Equal(1, L2Squares.Bumps(side).Cast<double>().Sum(v => v * v), 1e-12);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(8, 8)]
    [InlineData(28, 28)]
    [InlineData(6, 11)]
    public void DrawsHaveTheNormOfTheBall(int height, int width)
    {
        using var scope = NewDisposeScope();
        var squares = new L2Squares(0.25);
        var pixels = full([4, 3, height, width], 0.5f);
        SeededRandom[] random = [.. Enumerable.Range(0, 4).Select(i => new Seed(7).Derive("image", i).Random())];
        var images = pixels.to(ScalarType.Float64).add(squares.Start(pixels, random));
        AllOnSurface();
        for (var i = 0; i < 20; i++)
        {
            images = squares.Next(pixels, images, SquareSchedule.Side(0.4, height, width, squares.LeastSide), random);
            AllOnSurface();
        }

        void AllOnSurface() => Assert.All(images.sub(0.5).flatten(1).square().sum(1).sqrt().data<double>().ToArray(), norm => Assert.Equal(0.25, norm, 1e-9));
    }

    [Fact]
    public void ImageOfOnePixelHasNoNaN()
    {
        // There a draw may cancel what was there before, channel by channel.
        using var scope = NewDisposeScope();
        var squares = new L2Squares(0.25);
        var pixels = full([4, 3, 1, 1], 0.5f);
        SeededRandom[] random = [.. Enumerable.Range(0, 4).Select(i => new Seed(7).Derive("image", i).Random())];
        var images = pixels.to(ScalarType.Float64).add(squares.Start(pixels, random));
        for (var i = 0; i < 20; i++) images = squares.Next(pixels, images, 1, random);
        Assert.All(images.sub(0.5).flatten(1).square().sum(1).sqrt().data<double>().ToArray(), norm => Assert.InRange(norm, 0, 0.25 + 1e-9));
    }
}
