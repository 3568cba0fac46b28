extern alias svhn;

using System.Buffers.Binary;
using System.Text;
using Harness;
using svhn::Harness.Datasets.Matlab;
using Testing;

namespace Datasets.Tests.Matlab;

public sealed class MatStructuresTests : IDisposable
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
    public void ReadsFieldsInBothOrdersOfBytesPlainAndCompressed(bool bigEndian, bool compressed)
    {
        var mat = new MatWriter(bigEndian);
        var structures = mat.Structures("s", [2, 1], ["n", "word", "list"],
            mat.Doubles("", [1, 1], -2.5), mat.Text("", "Ä"), mat.Bytes("", [1, 5], [1, 2, 3, 4, 5]),
            mat.Bytes("", [1, 1], [7]), mat.Text("", "tench"), mat.Bytes("", [0, 0], []));
        byte[][] arrays = [mat.Text("before", "ab"), structures, mat.Bytes("after", [1, 1], [9])];
        Write(mat.File(compressed ? [.. arrays.Select(mat.Compressed)] : arrays));
        Assert.Equal(["before 1 x 2: ab", "s 2 x 1: n=[-2.5] word=Ä list=[1 2 3 4 5] n=[7] word=tench list=[]", "after 1 x 1: [9]"], ReadAll());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadsEveryTypeInWhichLettersAreStored(bool bigEndian)
    {
        var mat = new MatWriter(bigEndian);
        byte[] Of(int type, int letters, byte[] data) => mat.Matrix(MatWriter.TextClass, [1, letters], mat.Name("t"), mat.Compact(type, data));
        byte[] Sixteen(string text) => [.. text.SelectMany(letter => mat.Ordered(2, bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes, letter)))];
        Write(mat.File(
            Of(MatWriter.Int8, 3, "one"u8.ToArray()),
            Of(MatWriter.UInt8, 2, [0xE9, (byte)'t']),
            Of(MatWriter.UInt16, 3, Sixteen("été")),
            Of(MatWriter.Utf8, 3, Encoding.UTF8.GetBytes("été")),
            Of(17, 3, Sixteen("été")),
            Of(18, 1, mat.Number('é')),
            Of(MatWriter.Utf8, 0, [])));
        Assert.Equal(["t 1 x 3: one", "t 1 x 2: ét", "t 1 x 3: été", "t 1 x 3: été", "t 1 x 3: été", "t 1 x 1: é", "t 1 x 0: "], ReadAll());
    }

    [Fact]
    public void PassesOverFieldsThatAreNotReadOrOfAnotherKind()
    {
        var deep = Mat.Structures("", [1, 1], ["x", "y"], Mat.Text("", "in"), Mat.Bytes("", [1, 3], [1, 2, 3]));
        Write(Mat.File(Mat.Compressed(Mat.Structures("s", [1, 1], ["deep", "cell", "none", "last"],
            deep, Mat.Matrix(MatWriter.CellClass, [1, 1], Mat.Name(""), Mat.Bytes("", [1, 1], [1])), Mat.Element(MatWriter.MatrixType, []), Mat.Text("", "end")))));
        using var file = new MatFile(File);
        var structures = Assert.IsType<MatStructures>(file.Next());
        var inner = Assert.IsType<MatStructures>(structures.Next());
        // Left in the midst of it: the next is found all the same.
        Assert.Equal("in", Assert.IsType<MatText>(inner.Next()).Read());
        Assert.IsType<MatArray>(inner.Next());
        Assert.Null(structures.Next());
        Assert.Null(structures.Next());
        Assert.Equal("end", Assert.IsType<MatText>(structures.Next()).Read());
        structures.End();
        Assert.Null(file.Next());
    }

    [Fact]
    public void PaddingMayLieBehindAValue()
    {
        var padded = Mat.Bytes("", [1, 5], [1, 2, 3, 4, 5]);
        byte[] value = [.. Mat.Number(MatWriter.MatrixType), .. Mat.Number(padded.Length - 8 - 3), .. padded[8..]];
        Write(Mat.File(Mat.Structures("s", [1, 2], ["a"], value, value)));
        Assert.Equal(["s 1 x 2: a=[1 2 3 4 5] a=[1 2 3 4 5]"], ReadAll());
    }

    [Fact]
    public void StructuresWithoutFieldsAreNone()
    {
        Write(Mat.File(Mat.Structures("s", [int.MaxValue, int.MaxValue], []), Mat.Structures("t", [0, 0], ["a"])));
        Assert.Equal(["s 2147483647 x 2147483647:", "t 0 x 0:"], ReadAll());
    }

    [Fact]
    public void RefusesStructuresThatContradictThemselves()
    {
        byte[] Of(int width, byte[] names, params byte[][] values) => Mat.File(Mat.Matrix(MatWriter.StructureClass, [1, 1], Mat.Name("s"), [Mat.Small(MatWriter.Int32, Mat.Number(width)), Mat.Element(MatWriter.Int8, names), .. values]));
        AssertRefused(Of(0, [65]), "the field names of s have 1 bytes, which are no names of 0");
        AssertRefused(Of(2, [65, 0, 66]), "the field names of s have 3 bytes, which are no names of 2");
        AssertRefused(Of(2, [65, 0, 65, 0]), "two fields of s have the same name");
        AssertRefused(Of(2, [65, 0]), "s claims 1 x 1 structures of 1 fields in 0 bytes");
        AssertRefused(Of(2, new byte[70_000]), "the list of field names of an array has 70,000 bytes, where 65536 are the most");
        AssertRefused(Of(2, [65, 0], Mat.Element(MatWriter.UInt8, new byte[8])), "an array holds an element of the type 2, where arrays have 14");
        AssertRefused(Of(2, [65, 0], Mat.Small(MatWriter.MatrixType, new byte[4]), new byte[8]), "an array ends within its data");
        AssertRefused(Of(2, [65, 0], Mat.Bytes("", [1, 1], [1]), Mat.Bytes("", [1, 1], [1])), "56 bytes follow the data of an array");
        AssertRefused(Mat.File(Mat.Structures("s", [int.MaxValue, int.MaxValue], ["a"], Mat.Bytes("", [1, 1], [1]))), "structures of 1 fields in");
        AssertRefused(Mat.File(Mat.Matrix(MatWriter.StructureClass, [1, 1], Mat.Name("s"), Mat.Element(MatWriter.Int32, []))), "the width of the field names of s has 0 bytes, where 4 are due");
    }

    [Fact]
    public void RefusesTextsThatContradictThemselves()
    {
        byte[] Of(int type, int[] dimensions, byte[] data) => Mat.File(Mat.Matrix(MatWriter.TextClass, dimensions, Mat.Name("t"), Mat.Element(type, data)));
        AssertRefused(Of(MatWriter.Double, [1, 1], new byte[8]), "the letters of t are stored as type 9");
        AssertRefused(Of(MatWriter.Utf8, [1, 3], [1, 2]), "t claims 1 x 3 letters in 2 bytes");
        AssertRefused(Of(MatWriter.Utf8, [1, 3], new byte[13]), "t claims 1 x 3 letters in 13 bytes");
        AssertRefused(Of(MatWriter.Utf8, [int.MaxValue, int.MaxValue], new byte[8]), "letters in 8 bytes");
    }

    private List<string> ReadAll()
    {
        using var file = new MatFile(File);
        var all = new List<string>();
        while (file.Next() is { } variable) all.Add($"{variable.Name} {string.Join(" x ", variable.Dimensions)}:{Content(variable)}");
        return all;
    }

    private static string Content(MatVariable variable)
    {
        if (variable is MatText text) return " " + text.Read();
        if (variable is MatArray array) return $" [{string.Join(' ', array.ReadNumbers())}]";
        var structures = Assert.IsType<MatStructures>(variable);
        var content = new StringBuilder();
        for (var i = 0L; i < structures.Count; i++)
            foreach (var field in structures.Fields)
                content.Append(' ').Append(field).Append('=').Append(Content(structures.Next()!)[1..]);
        structures.End();
        return content.ToString();
    }

    private void Write(byte[] content) => System.IO.File.WriteAllBytes(File, content);

    private void AssertRefused(byte[] content, string expected)
    {
        Write(content);
        var refused = Assert.Throws<DatasetException>(ReadAll);
        Assert.Equal(File, refused.Path);
        Assert.StartsWith($"'{File}' is damaged: ", refused.Message);
        Assert.Contains(expected, refused.Message);
        Assert.EndsWith(".", refused.Message);
    }
}
