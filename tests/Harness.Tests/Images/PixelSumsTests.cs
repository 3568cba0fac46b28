using CsCheck;
using Harness.Images;

namespace Harness.Tests.Images;

public class PixelSumsTests
{
    [Fact]
    public void SumsAreExact() => Gen.Select(Gen.Int[1, 3], Gen.OneOf(Gen.Int[1, 200], Gen.Int[65_500, 65_600]), Gen.ULong).Sample((channels, plane, seed) =>
    {
        var random = new SeededRandom(seed);
        // Often the largest value there is: sums that overflow show.
        var image = Enumerable.Range(0, channels * plane).Select(_ => (byte)Math.Min(255, random.Next(400))).ToArray();
        var sums = new PixelSums(channels);
        sums.Add(image);
        sums.Add(image);
        Assert.Equal(image.Chunk(plane).Select(p => 2 * p.Sum(b => (long)b)), sums.Sums);
        Assert.Equal(image.Chunk(plane).Select(p => 2 * p.Sum(b => (long)b * b)), sums.Squares);
        Assert.Equal(2 * plane, sums.Pixels);
    }, iter: 60);

    [Fact]
    public void TheBrightestImageDoesNotOverflow()
    {
        var white = new byte[1 << 18];
        Array.Fill(white, (byte)255);
        var sums = new PixelSums(1);
        sums.Add(white);
        Assert.Equal((255L << 18, 65025L << 18), (sums.Sums[0], sums.Squares[0]));
    }
}
