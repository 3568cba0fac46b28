using CsCheck;
using Datasets.Tests.Matlab;
using Harness;
using Harness.Datasets.Svhn;
using Testing;

namespace Datasets.Tests.Svhn;

public sealed class CroppedDigitsTests : IDisposable
{
    private const int ImageBytes = 3 * 32 * 32;
    private static readonly MatWriter Mat = new();

    // Three images; within each the level encodes channel, row and column: as they shall come out, and as MATLAB lays out a 32 x 32 x 3 x 3 array.
    private static readonly byte[] Rows = new byte[3 * ImageBytes];
    private static readonly byte[] Columns = new byte[3 * ImageBytes];

    private readonly ScratchFolder folder = new();

    static CroppedDigitsTests()
    {
        for (var n = 0; n < 3; n++)
            for (var c = 0; c < 3; c++)
                for (var row = 0; row < 32; row++)
                    for (var column = 0; column < 32; column++)
                    {
                        var level = (byte)(n + 70 * c + 2 * row + 7 * column);
                        Rows[((n * 3 + c) * 32 + row) * 32 + column] = level;
                        Columns[row + 32 * (column + 32 * (c + 3 * n))] = level;
                    }
    }

    private static byte[] X => Mat.Bytes("X", [32, 32, 3, 3], Columns);

    private static byte[] Y => Mat.Bytes("y", [3, 1], [10, 1, 9]);

    private string File => folder["digits.mat"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ImagesComeOutRowByRowAndLabelTenIsTheDigitZero()
    {
        using var images = Read(Mat.File(Mat.Compressed(X), Mat.Compressed(Y)));
        Assert.Equal(new(3, 32, 32), images.Shape);
        Assert.Equal([0, 1, 9], images.Labels);
        Assert.Equal(Rows, Pixels(images));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsLabelsOfDoublesBeforeTheImagesAndOtherArraysBeside(bool bigEndian)
    {
        var mat = new MatWriter(bigEndian);
        using var images = Read(mat.File(mat.Doubles("y", [3, 1], 2, 10, 3), mat.Bytes("note", [1, 2], [7, 7]), mat.Bytes("X", [32, 32, 3, 3], Columns)));
        Assert.Equal([2, 0, 3], images.Labels);
        Assert.Equal(Rows, Pixels(images));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(-1)]
    [InlineData(2.5)]
    [InlineData(double.NaN)]
    public void RefusesALabelOfNoDigit(double label) =>
        AssertRefused(Mat.File(X, Mat.Doubles("y", [3, 1], 1, label, 3)), $"gives image 1 the label {label}, but the labels of SVHN are 1 to 10");

    [Fact]
    public void RefusesImagesAndLabelsOfAnotherCount()
    {
        AssertRefused(Mat.File(X, Mat.Bytes("y", [2, 1], [1, 2])), "holds y of 2 x 1, where this file of SVHN has 3 x 1");
        AssertRefused(Mat.File(Mat.Bytes("X", [32, 32, 3, 2], Columns[..(2 * ImageBytes)]), Y), "holds X of 32 x 32 x 3 x 2, where this file of SVHN has 32 x 32 x 3 x 3");
        AssertRefused(Mat.File(Mat.Bytes("X", [3, 3, 32, 32], Columns), Y), "holds X of 3 x 3 x 32 x 32");
    }

    [Fact]
    public void RefusesMissingAndDoubledArrays()
    {
        AssertRefused(Mat.File(X), "holds no array y of labels");
        AssertRefused(Mat.File(Y), "holds no array X of images");
        AssertRefused(Mat.File(Y, X, Y), "holds two arrays y, where one is due");
    }

    [Fact]
    public void RefusesPixelsThatAreNoBytes() =>
        AssertRefused(Mat.File(Mat.Doubles("X", [32, 32, 3, 3], [.. Columns.Select(level => (double)level)]), Y), "stores X as Double, where pixels are UInt8");

    [Fact]
    public void RefusesDamage()
    {
        var bytes = Mat.File(Mat.Compressed(Y), Mat.Compressed(X));
        bytes[^1] ^= 1;
        AssertRefused(bytes, "is damaged: its zlib data cannot be decompressed");
        AssertRefused(bytes[..^5], "is truncated");
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => CroppedDigits.Read(folder["none.mat"], 3)).Message);
    }

    [Fact]
    public void MutatedBytesLoadOrAreRefusedWithinMemory()
    {
        byte[][] originals =
        [
            Mat.File(X, Y),
            Mat.File(Mat.Compressed(X), Mat.Compressed(Y)),
            new MatWriter(bigEndian: true).File(new MatWriter(bigEndian: true).Doubles("y", [3, 1], 1, 2, 10), new MatWriter(bigEndian: true).Bytes("X", [32, 32, 3, 3], Columns)),
        ];
        // Most of a file is pixels: half of the changes go where the structure is, the first 256 bytes and the last 200.
        var position = Gen.OneOf(Gen.Int[0, 9_999], Gen.Int[120, 256], Gen.Int[-200, -1]);
        var mutation = Gen.Select(Gen.Int[0, 2], Gen.Select(position, Gen.Byte).Array[0, 4], Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[0, 9_999])), Gen.Byte.Array[0, 9]);
        var loaded = 0;
        mutation.Sample(
            (which, changes, cut, tail) =>
            {
                var bytes = originals[which].ToArray();
                foreach (var (at, value) in changes) bytes[(at + bytes.Length) % bytes.Length] = value;
                bytes = [.. bytes[..^Math.Min(cut, bytes.Length)], .. tail];
                System.IO.File.WriteAllBytes(File, bytes);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    using var images = CroppedDigits.Read(File, 3);
                    loaded++;
                    return images.Labels.Count == 3 && images.Labels.All(label => label is >= 0 and <= 9);
                }
                catch (DatasetException e)
                {
                    return e.Path == File && e.Message.Contains(File, StringComparison.Ordinal) && GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000;
                }
            },
            iter: 2000,
            threads: 1);
        Assert.InRange(loaded, 50, 1900);
    }

    private ImagesInMemory Read(byte[] content)
    {
        System.IO.File.WriteAllBytes(File, content);
        return CroppedDigits.Read(File, 3);
    }

    private void AssertRefused(byte[] content, string expected)
    {
        var refused = Assert.Throws<DatasetException>(() => Read(content));
        Assert.Equal(File, refused.Path);
        Assert.StartsWith($"'{File}' ", refused.Message);
        Assert.Contains(expected, refused.Message);
        Assert.EndsWith(".", refused.Message);
    }

    private static byte[] Pixels(ImageSource images)
    {
        var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
        return pixels;
    }
}
