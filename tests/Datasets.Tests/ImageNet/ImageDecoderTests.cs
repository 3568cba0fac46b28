using System.Buffers.Binary;
using CsCheck;
using Harness;
using Harness.Datasets.Decoding;
using NetVips;

namespace Datasets.Tests.ImageNet;

public sealed class ImageDecoderTests : IDisposable
{
    private static readonly ImageDecoder Colour = new(CropGeometry.Whole(16), channels: 3);

    private readonly ImageTree tree = new("files");

    public ImageDecoderTests() => ImageDecoder.Prepare();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void ColourJpegIsRgbInPlanes()
    {
        using var image = ImageTree.Flat(40, 30, 200, 100, 50);
        AssertFlat(Decode(ImageTree.Jpeg(image)), 200, 100, 50);
    }

    [Fact]
    public void GreyJpegFillsAllChannels()
    {
        using var image = ImageTree.Flat(40, 30, 77);
        AssertFlat(Decode(ImageTree.Jpeg(image)), 77, 77, 77);
    }

    // The bytes are Adobe's: inverted, as Photoshop writes them and as ImageNet's are.
    [Fact]
    public void CmykJpegIsInkOverPaper()
    {
        using var inks = ImageTree.Flat(40, 30, 51, 102, 204, 51);
        using var cmyk = inks.Copy(interpretation: Enums.Interpretation.Cmyk);
        var file = ImageTree.Jpeg(cmyk);
        Assert.Contains("Adobe", System.Text.Encoding.Latin1.GetString(file));
        AssertFlat(Decode(file), 163, 122, 41); // (255 - ink)(255 - black)/255
    }

    [Fact]
    public void PngNamedJpegLoads()
    {
        using var image = ImageTree.Flat(16, 16, 9, 8, 7);
        AssertFlat(Decode(ImageTree.Png(image)), 9, 8, 7);
    }

    [Theory]
    [InlineData(new byte[] { 9, 8, 7, 0 }, new byte[] { 9, 8, 7 })]
    [InlineData(new byte[] { 9, 0 }, new byte[] { 9, 9, 9 })]
    public void AlphaIsDropped(byte[] levels, byte[] expected)
    {
        using var image = ImageTree.Flat(16, 16, levels);
        AssertFlat(Decode(ImageTree.Png(image)), expected);
    }

    [Fact]
    public void SixteenBitsKeepTheUpperEight()
    {
        using var image = ImageTree.Flat(16, 16, 9, 8, 7);
        using var wide = (image * 257).Cast(Enums.BandFormat.Ushort).Copy(interpretation: Enums.Interpretation.Rgb16);
        AssertFlat(Decode(wide.PngsaveBuffer(bitdepth: 16)), 9, 8, 7);
    }

    [Fact]
    public void OneChannelIsLuma()
    {
        using var image = ImageTree.Flat(16, 16, 200, 100, 50);
        var path = tree.Write("luma.png", ImageTree.Png(image));
        var pixels = new byte[16 * 16];
        new ImageDecoder(CropGeometry.Whole(16), channels: 1).Decode(path, pixels);
        Assert.All(pixels, level => Assert.Equal(124, level)); // 0.299 * 200 + 0.587 * 100 + 0.114 * 50 = 124.2
    }

    [Fact]
    public void OrientationOfTheCameraIsIgnored()
    {
        using var image = ImageTree.Halves(16, 16, [0, 0, 0], [255, 255, 255]);
        using var turned = image.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", 6));
        var pixels = Decode(turned.JpegsaveBuffer(q: 100));
        Assert.True(pixels[0] < 10 && pixels[15] > 245, $"left {pixels[0]}, right {pixels[15]}");
    }

    [Fact]
    public void SquaresOfTheRightSizeStayToTheByte()
    {
        var pixels = Enumerable.Range(0, 16 * 16 * 3).Select(i => (byte)(i * 37)).ToArray();
        using var image = Image.NewFromMemory(pixels, 16, 16, 3, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var decoded = Decode(ImageTree.Png(image));
        for (var i = 0; i < decoded.Length; i++) Assert.Equal(pixels[i % 256 * 3 + i / 256], decoded[i]);
    }

    // A ramp of one level a pixel is halved to the mean of pairs away from the border: bilinear, antialiased, centred on pixel centres.
    [Fact]
    public void ResizingKeepsARampWhereItIs()
    {
        var ramp = new byte[64 * 32];
        for (var i = 0; i < ramp.Length; i++) ramp[i] = (byte)(2 * (i % 64));
        using var image = Image.NewFromMemory(ramp, 64, 32, 1, Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Bw);
        var decoded = Decode(ImageTree.Png(image));
        // 64 x 32 to 32 x 16, columns 8 to 23: column x covers 2x and 2x + 1, whose mean level is 4x + 1.
        for (var x = 0; x < 16; x++) Assert.InRange(decoded[x], 4 * (x + 8), 4 * (x + 8) + 2);
    }

    [Fact]
    public void LargeJpegsGiveTheSamePictureAsTheirPng()
    {
        using var image = ImageTree.Halves(400, 300, [20, 60, 100], [200, 150, 90]);
        var jpeg = Decode(ImageTree.Jpeg(image));
        var png = Decode(ImageTree.Png(image));
        Assert.InRange(jpeg.Zip(png, (a, b) => Math.Abs(a - b)).Average(), 0, 2.0);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(24)]
    [InlineData(32)]
    public void BitmapsLoad(int bits) => AssertFlat(Decode(Bmp(bits, 16, 16)), 30, 20, 10);

    [Theory]
    [InlineData(".jpg")]
    [InlineData(".png")]
    [InlineData(".gif")]
    [InlineData(".webp")]
    public void TruncatedFilesAreRefused(string format)
    {
        using var noise = Image.Gaussnoise(200, 200, mean: 128, sigma: 50).Cast(Enums.BandFormat.Uchar);
        using var colour = noise.Colourspace(Enums.Interpretation.Srgb);
        var file = colour.WriteToBuffer(format);
        AssertRefused(file[..(file.Length / 2)], "cannot be decoded");
    }

    [Fact]
    public void TextIsRefused() => AssertRefused("<html>Forbidden</html>"u8.ToArray(), "replace the file by a whole JPEG, PNG, BMP, GIF or WebP image");

    [Fact]
    public void EmptyIsRefused() => AssertRefused([], "is empty");

    [Fact]
    public void TruncatedBitmapIsRefused() => AssertRefused(Bmp(24, 16, 16)[..100], "the bitmap states 16 x 16 pixels, for which the file is too short");

    [Fact]
    public void MutatedBytesLoadOrAreRefused()
    {
        using var image = ImageTree.Halves(40, 30, [20, 60, 100], [200, 150, 90]);
        byte[][] originals = [ImageTree.Jpeg(image), ImageTree.Png(image), image.GifsaveBuffer(), image.WebpsaveBuffer(), Bmp(8, 16, 16), Bmp(32, 16, 16)];
        var mutation = Gen.Select(Gen.Int[0, originals.Length - 1], Gen.Select(Gen.Int[0, 4000], Gen.Byte).Array[0, 5], Gen.Int[0, 4000]);
        mutation.Sample(
            (which, changes, keep) =>
            {
                var bytes = originals[which].ToArray();
                foreach (var (position, value) in changes) bytes[position % bytes.Length] = value;
                var path = tree.Write("mutated", [.. bytes.Take(keep)]);
                try
                {
                    Colour.Decode(path, new byte[Colour.Shape.Bytes]);
                    return true;
                }
                catch (DatasetException e)
                {
                    return e.Path == path && e.Message.Contains(path, StringComparison.Ordinal) && !e.Message.Contains('\n');
                }
            },
            iter: 600,
            threads: 1);
    }

    private byte[] Decode(byte[] file)
    {
        var pixels = new byte[Colour.Shape.Bytes];
        Colour.Decode(tree.Write("image.JPEG", file), pixels);
        return pixels;
    }

    private void AssertRefused(byte[] file, string expected)
    {
        var path = tree.Write("image.JPEG", file);
        var refused = Assert.Throws<DatasetException>(() => Colour.Decode(path, new byte[Colour.Shape.Bytes]));
        Assert.Equal(path, refused.Path);
        Assert.StartsWith($"'{path}' ", refused.Message);
        Assert.Contains(expected, refused.Message);
    }

    private static void AssertFlat(byte[] pixels, params byte[] levels)
    {
        for (var i = 0; i < pixels.Length; i++) Assert.InRange(pixels[i], levels[i / 256] - 2, levels[i / 256] + 2);
    }

    /// <summary>RGB (30, 20, 10) everywhere, in a palette at 8 bits.</summary>
    private static byte[] Bmp(int bits, int width, int height)
    {
        var palette = bits == 8 ? 8 : 0;
        var row = (width * bits + 31) / 32 * 4;
        var file = new byte[54 + palette + row * height];
        (file[0], file[1]) = ((byte)'B', (byte)'M');
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54 + palette);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        (file[26], file[28]) = (1, (byte)bits);
        if (bits == 8) (file[58], file[59], file[60]) = (10, 20, 30);
        for (var i = 54 + palette; i < file.Length; i++) file[i] = bits == 8 ? (byte)1 : (byte)(((i - 54) % (bits / 8)) switch { 0 => 10, 1 => 20, 2 => 30, _ => 255 });
        return file;
    }
}
