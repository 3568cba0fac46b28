using CsCheck;
using Harness;
using Harness.Datasets.Glyphs;

namespace Datasets.Tests.Glyphs;

public class CanvasTests
{
    [Fact]
    public void ALineHoldsAsMuchInkAsItsAreaWhereverItLies()
    {
        // A capsule: length times width and a disc of that width.
        var gen = Gen.Select(Gen.Double[8, 12], Gen.Double[8, 12], Gen.Double[15, 19], Gen.Double[15, 19], Gen.Double[2, 4]);
        gen.Sample((x0, y0, x1, y1, width) =>
        {
            var length = Math.Sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0));
            var area = length * width + Math.PI / 4 * width * width;
            return Math.Abs(Draw(new(x0, y0), new(x1, y1), width).Sum(level => level / 255.0) / area - 1) < 0.08; // a stroke is anti-aliased over a pixel: what the grid misses of the thinnest and shortest
        });
    }

    [Fact]
    public void ALineOfWidthTwoOnAPixelRowHasHalfInkBesideIt()
    {
        var pixels = Draw(new(5, 10), new(20, 10), 2);
        Assert.Equal([0, 128, 255, 128, 0], Enumerable.Range(8, 5).Select(row => (int)pixels[row * 28 + 12]));
    }

    [Fact]
    public void ADotIsRound()
    {
        var pixels = Draw(new(14, 14), new(14, 14), 6);
        Assert.Equal(255, pixels[14 * 28 + 14]);
        Assert.Equal(pixels[14 * 28 + 17], pixels[17 * 28 + 14]);
        Assert.Equal(0, pixels[17 * 28 + 17]);
    }

    [Fact]
    public void LinesOutsideTheImageLeaveNoInk() => Assert.All(Draw(new(-20, -9), new(60, -9), 6), level => Assert.Equal(0, level));

    [Fact]
    public void NoiseHasItsMeanAndDeviation()
    {
        var canvas = new Canvas();
        canvas.Line(new(-40, 14), new(70, 14), 120);
        var random = new SeededRandom(3);
        var levels = new List<double>();
        var pixels = new byte[28 * 28];
        for (var i = 0; i < 100; i++)
        {
            canvas.Develop(128, 20, random, pixels);
            levels.AddRange(pixels.Select(level => (double)level));
        }
        var mean = levels.Average();
        Assert.Equal(128, mean, 0.3);
        Assert.Equal(20, Math.Sqrt(levels.Average(level => (level - mean) * (level - mean))), 0.2);
    }

    private static byte[] Draw(Point from, Point to, double width)
    {
        var canvas = new Canvas();
        canvas.Line(from, to, width);
        var pixels = new byte[28 * 28];
        canvas.Develop(255, 0, new(0), pixels);
        return pixels;
    }
}
