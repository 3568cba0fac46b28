extern alias svhn;

using System.Buffers.Binary;
using Harness;
using svhn::Harness.Datasets.Matlab;
using Testing;

namespace Datasets.Tests.Matlab;

public sealed class MatFileTests : IDisposable
{
    private static readonly MatWriter Mat = new();

    private readonly ScratchFolder folder = new();

    private string File => folder["a.mat"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void ReadsArraysInBothOrdersOfBytesPlainAndCompressed(bool bigEndian, bool compressed)
    {
        var mat = new MatWriter(bigEndian);
        byte[][] arrays = [mat.Bytes("five", [5, 1], [1, 2, 3, 4, 255]), mat.Bytes("v", [1, 3], [7, 8, 9]), mat.Doubles("long_name", [2, 1, 2], -1.5, 1e300, 0, 10)];
        Write(mat.File(compressed ? [.. arrays.Select(mat.Compressed)] : arrays));
        Assert.Equal(
            ["five: 5 x 1 UInt8 = 1 2 3 4 255", "v: 1 x 3 UInt8 = 7 8 9", "long_name: 2 x 1 x 2 Double = -1.5 1E+300 0 10"],
            ReadAll());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsEveryTypeInWhichNumbersAreStored(bool bigEndian)
    {
        var mat = new MatWriter(bigEndian);
        byte[] Of(MatNumber type, params byte[][] values) => mat.Matrix(MatWriter.DoubleClass, [values.Length, 1], mat.Name("v"), mat.Compact((int)type, [.. values.SelectMany(value => value)]));
        Write(mat.File(
            Of(MatNumber.Int8, [[0xFE], [3]]),
            Of(MatNumber.UInt8, [[0xFE], [3]]),
            Of(MatNumber.Int16, [mat.Ordered(2, bytes => BinaryPrimitives.WriteInt16BigEndian(bytes, -300)), mat.Ordered(2, bytes => BinaryPrimitives.WriteInt16BigEndian(bytes, 300))]),
            Of(MatNumber.UInt16, [mat.Ordered(2, bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes, 65_000))]),
            Of(MatNumber.Int32, [mat.Number(-100_000)]),
            Of(MatNumber.UInt32, [mat.Ordered(4, bytes => BinaryPrimitives.WriteUInt32BigEndian(bytes, 4_000_000_000))]),
            Of(MatNumber.Single, [mat.Ordered(4, bytes => BinaryPrimitives.WriteSingleBigEndian(bytes, 0.5f))]),
            Of(MatNumber.Double, [mat.Stored(-0.1)])));
        Assert.Equal(
            [
                "v: 2 x 1 Int8 = -2 3", "v: 2 x 1 UInt8 = 254 3", "v: 2 x 1 Int16 = -300 300", "v: 1 x 1 UInt16 = 65000",
                "v: 1 x 1 Int32 = -100000", "v: 1 x 1 UInt32 = 4000000000", "v: 1 x 1 Single = 0.5", "v: 1 x 1 Double = -0.1",
            ],
            ReadAll());
    }

    [Fact]
    public void PassesOverArraysOfAnythingElseAndWhatWasNotRead()
    {
        Write(Mat.File(
            Mat.Compressed(Mat.Matrix(MatWriter.CellClass, [1, 1], Mat.Name("cell"), Mat.Bytes("", [1, 1], [1]))),
            Mat.Bytes("a", [9, 1], new byte[9]),
            Mat.Compressed(Mat.Bytes("b", [9, 1], new byte[9])),
            Mat.Bytes("c", [1, 1], [1])));
        using var file = new MatFile(File);
        Assert.Equal(["a", "b", "c", null], [file.Next()?.Name, file.Next()?.Name, file.Next()?.Name, file.Next()?.Name]);
    }

    [Fact]
    public void PaddingMayBeLeftOutAtTheEndOfAnArray()
    {
        var padded = Mat.Bytes("a", [5, 1], [1, 2, 3, 4, 5]);
        byte[] bare = [.. Mat.Number(MatWriter.MatrixType), .. Mat.Number(padded.Length - 8 - 3), .. padded[8..^3]];
        Write(Mat.File(bare, Mat.Compressed(bare)));
        Assert.Equal(["a: 5 x 1 UInt8 = 1 2 3 4 5", "a: 5 x 1 UInt8 = 1 2 3 4 5"], ReadAll());
    }

    [Fact]
    public void EmptyArraysHaveNoNumbers()
    {
        Write(Mat.File(Mat.Bytes("none", [0, 7], [])));
        Assert.Equal(["none: 0 x 7 UInt8 = "], ReadAll());
    }

    [Fact]
    public void RefusesWhatIsNoMatFile()
    {
        AssertRefused("<html>Not found</html>"u8.ToArray(), "is truncated: it ends 22 bytes into the header of 128");
        AssertRefused(new byte[128], "is no MAT-file: bytes 124 to 127 are 00000000, where 0001494D (or 01004D49, big-endian) are due");
        AssertRefused([.. new byte[124], 0, 2, (byte)'I', (byte)'M'], "is a MAT-file of version 7.3 (HDF5), where version 5 is read");
    }

    [Fact]
    public void RefusesTruncatedFiles()
    {
        var plain = Mat.File(Mat.Bytes("a", [5, 1], [1, 2, 3, 4, 5]));
        AssertRefused(plain[..^1], "is truncated: it ends 55 bytes into an element of 56 bytes");
        AssertRefused(plain[..131], "is truncated: it ends 3 bytes into the tag of an element");
        AssertRefused([.. plain, 0], "is truncated: it ends 1 bytes into the tag of an element");
    }

    [Fact]
    public void RefusesElementsThatAreNoArrays()
    {
        AssertRefused(Mat.File(Mat.Element(MatWriter.UInt8, [1])), "its element at byte 128 has the type 2, where arrays have 14 or 15");
        AssertRefused(Mat.File(Mat.Compressed(Mat.Element(MatWriter.UInt8, [1]))), "a compressed element holds the type 2, where an array has 14");
        AssertRefused(Mat.File(Mat.Compressed([1, 2, 3])), "is truncated: it ends 3 bytes into the tag of an element");
    }

    [Fact]
    public void RefusesArraysThatContradictThemselves()
    {
        var one = Mat.Compact(MatWriter.UInt8, [1]);
        AssertRefused(Mat.File(Mat.Bytes("a", [5, 1], [1, 2, 3])), "a claims 5 x 1 numbers in 3 bytes of UInt8");
        AssertRefused(Mat.File(Mat.Bytes("a", [2, 1], [1, 2, 3])), "a claims 2 x 1 numbers in 3 bytes of UInt8");
        AssertRefused(Mat.File(Mat.Bytes("a", [int.MaxValue, int.MaxValue, int.MaxValue], [1, 2, 3])), "in 3 bytes of UInt8");
        AssertRefused(Mat.File(Mat.Bytes("a", [-1, -3], [1, 2, 3])), "an array has the dimensions -1 x -3");
        AssertRefused(Mat.File(Mat.Bytes("a", [3], [1, 2, 3])), "an array has the dimensions 3");
        AssertRefused(Mat.File(Mat.Bytes("a", [.. Enumerable.Repeat(1, 33)], [1])), "the dimensions of an array has 132 bytes, where 128 are the most");
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Name("a"), Mat.Element(18, [1]))), "the numbers of a are stored as type 18");
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Element(MatWriter.UInt32, [1, 2, 3, 4]), one)), "the name of an array has the type 6, where 1 is due");
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Name("a"), [.. Mat.Number(5 << 16 | 2), 1, 2, 3, 4])), "a small element claims 5 bytes, and 4 are the most");
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Name("a"), [.. Mat.Number(2), .. Mat.Number(-1)])), "an element claims 4,294,967,295 bytes where 0 are left");
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Name("a"))), "an array ends within its data");
        // The imaginary part of complex numbers would be such a second element.
        AssertRefused(Mat.File(Mat.Matrix(9, [1, 1], Mat.Name("a"), one, one)), "8 bytes follow the data of an array");
    }

    [Fact]
    public void RefusesDamagedCompression()
    {
        var array = Mat.Bytes("a", [8, 1], [1, 2, 3, 4, 5, 6, 7, 8]);
        AssertRefused(Mat.File(Mat.Compressed([.. array, 0])), "a compressed array is longer than it claims");
        var checksum = Mat.File(Mat.Compressed(array));
        checksum[^1] ^= 1;
        Write(checksum);
        Assert.Throws<InvalidDataException>(ReadAll);
    }

    [Fact]
    public void ClaimsCostNoMemory()
    {
        byte[] bomb = [.. Mat.Number(MatWriter.MatrixType), .. Mat.Number(-8), .. new byte[64]];
        AssertRefused(Mat.File(bomb), "it ends 64 bytes into an element of 4,294,967,288 bytes");
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(Mat.File(Mat.Compressed(bomb)), "compressed bytes cannot hold the 4,294,967,288 that they claim");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private List<string> ReadAll()
    {
        var all = new List<string>();
        using var file = new MatFile(File);
        while (file.Next() is { } variable)
        {
            var array = Assert.IsType<MatArray>(variable);
            all.Add($"{array.Name}: {string.Join(" x ", array.Dimensions)} {array.StoredAs} = {string.Join(' ', array.ReadNumbers())}");
        }
        return all;
    }

    private void Write(byte[] content) => System.IO.File.WriteAllBytes(File, content);

    private void AssertRefused(byte[] content, string expected)
    {
        Write(content);
        var refused = Assert.Throws<DatasetException>(ReadAll);
        Assert.Equal(File, refused.Path);
        Assert.StartsWith($"'{File}' ", refused.Message);
        Assert.Contains(expected, refused.Message);
        Assert.EndsWith(".", refused.Message);
    }
}
