using CsCheck;
using Harness.Reporting.Cells;
using NetVips;

namespace Harness.Tests.Reporting.Cells;

public class PngTests
{
    [Fact]
    public void AnotherDecoderReadsTheSamePixels() =>
        Gen.Select(Gen.Bool.Select(colour => colour ? 3 : 1), Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int).Sample((channels, height, width, seed) =>
        {
            var shape = new ImageShape(channels, height, width);
            var pixels = new byte[shape.Bytes];
            new Random(seed).NextBytes(pixels);
            using var image = Image.NewFromBuffer(Png.Encode(shape, pixels));
            Assert.Equal((channels, height, width), (image.Bands, image.Height, image.Width));
            var read = image.WriteToMemory<byte>();
            for (var c = 0; c < channels; c++)
                for (var i = 0; i < height * width; i++) Assert.Equal(pixels[(c * height * width) + i], read[(i * channels) + c]);
        }, iter: 60, threads: 1);

    [Fact]
    public void SmoothImagesAreSmallerThanTheirPixels()
    {
        var shape = new ImageShape(3, 64, 64);
        Assert.InRange(Png.Encode(shape, [.. Enumerable.Range(0, shape.Bytes).Select(i => (byte)((i % 64) + (i / 64 % 64)))]).Length, 60, 1000);
    }
}
