using CsCheck;
using Harness.Datasets;
using static TorchSharp.torch;

namespace Harness.Tests.Datasets;

public class SquareResamplerTests
{
    private static readonly Gen<ImageShape> Shapes = Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 40], (c, h, w) => new ImageShape(c, h, w));

    [Fact]
    public void TheSameSizeIsTheSameImage() => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 40], (c, side) => new ImageShape(c, side, side))
        .SelectMany(shape => Gen.Byte.Array[shape.Bytes].Select(image => (shape, image)))
        .Sample(s => Assert.Equal(s.image, Resample(s.shape, s.shape.Width, s.image)));

    [Fact]
    public void AFlatImageStaysFlat() => Gen.Select(Shapes, Gen.Int[1, 60], Gen.Byte)
        .Sample(s => Assert.All(Resample(s.Item1, s.Item2, [.. Enumerable.Repeat(s.Item3, s.Item1.Bytes)]), level => Assert.Equal(s.Item3, level)));

    // Halved, the triangle's four pixels weigh 1, 3, 3, 1; at an edge the first of them is not there.
    [Fact]
    public void AHalvedPointIsThePatternOfTheFilter()
    {
        var image = new byte[64];
        image[2 * 8 + 5] = 255;   // row 2, column 5
        var rows = new[] { 1 / 7.0, 3 / 8.0, 0, 0 };
        var columns = new[] { 0, 0, 3 / 8.0, 1 / 7.0 };
        Assert.Equal(from row in rows from column in columns select (byte)Math.Floor(255 * row * column + 0.5), Resample(new(1, 8, 8), 4, image));
    }

    [Fact]
    public void AHalvedCheckerboardIsGrey()
    {
        var image = Enumerable.Range(0, 64).Select(i => (byte)(255 * ((i / 8 + i) % 2))).ToArray();
        // Half of 255 rounds up; a corner is 255 * 24/49, or 25/49.
        Assert.Equal([125, 128, 128, 130, 128, 128, 128, 128, 128, 128, 128, 128, 130, 128, 128, 125], Resample(new(1, 8, 8), 4, image));
    }

    [Theory]
    [InlineData(8, 16, 20, 10, -5)]   // doubled: pixel x lies at (x + 1/2)/2 - 1/2 of the original
    [InlineData(24, 4, 4, 24, 10)]    // a sixth: at 6 (x + 1/2) - 1/2
    public void ARampStaysARampWithinItsEdges(int from, int to, int slope, int newSlope, int start)
    {
        var resized = Resample(new(1, from, from), to, [.. Enumerable.Range(0, from * from).Select(i => (byte)(i % from * slope))]);
        for (var y = 0; y < to; y++)
            for (var x = 1; x < to - 1; x++) Assert.Equal(start + x * newSlope, resized[y * to + x]);
    }

    [Fact]
    public void TheCentreOfALongImageIsKept()
    {
        byte[] image = [.. Enumerable.Range(0, 12).Select(i => (byte)i)];
        Assert.Equal([2, 3, 8, 9], Resample(new(1, 2, 6), 2, image));
        Assert.Equal([4, 5, 6, 7], Resample(new(1, 6, 2), 2, image));
    }

    // Another implementation, in floating point: antialiased bilinear of libtorch, which follows PIL.
    [Fact]
    public void AgreesWithLibtorch() => Gen.Select(Gen.Int[1, 3], Gen.Int[1, 30], Gen.Int[1, 30], (c, from, to) => (Shape: new ImageShape(c, from, from), Side: to))
        .SelectMany(s => Gen.Byte.Array[s.Shape.Bytes].Select(image => (s.Shape, s.Side, Image: image)))
        .Sample(s =>
        {
            using var scope = NewDisposeScope();
            var image = tensor(s.Image, [1, s.Shape.Channels, s.Shape.Height, s.Shape.Width], ScalarType.Byte).to(ScalarType.Float64);
            var reference = nn.functional.interpolate(image, [s.Side, s.Side], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true).data<double>().ToArray();
            var resized = Resample(s.Shape, s.Side, s.Image);
            for (var i = 0; i < resized.Length; i++) Assert.InRange(resized[i] - reference[i], -0.5 - 1e-6, 0.5 + 1e-6);
        }, iter: 200, threads: 1);

    private static byte[] Resample(ImageShape shape, int side, byte[] image)
    {
        var resampler = new SquareResampler(shape, side);
        Assert.Equal(new ImageShape(shape.Channels, side, side), resampler.Output);
        var square = new byte[resampler.Output.Bytes];
        resampler.Resample(image, square);
        return square;
    }
}
