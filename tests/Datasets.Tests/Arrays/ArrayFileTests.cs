using CsCheck;
using Harness;
using Harness.Datasets.Arrays;

namespace Datasets.Tests.Arrays;

public sealed class ArrayFileTests : IDisposable
{
    private static readonly byte[] SixBytes = ArrayFolder.Npy<byte>("|u1", "(2, 3)", 1, 2, 3, 4, 5, 6);

    private readonly ArrayFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData("{'shape': (2, 3), 'fortran_order': False, 'descr': '|u1'}")]
    public void ReadsTheKeysInAnyOrder(string header)
    {
        var array = Read("images.npy", ArrayFolder.Npy(header, [0, 1, 2, 3, 4, 5]));
        Assert.Equal((ElementType.UInt8, "2 x 3"), (array.Type, array.Dimensions));
        Assert.Equal([0, 1, 2, 3, 4, 5], array.Data.ToArray());
    }

    [Theory]
    [InlineData("|u1")]
    [InlineData("|i1")]
    [InlineData("<u2")]
    [InlineData("<i2")]
    [InlineData("<u4")]
    [InlineData("<i4")]
    [InlineData("<u8")]
    [InlineData("<i8")]
    public void ReadsEveryTypeOfInteger(string descr)
    {
        var size = descr[2] - '0';
        byte[] data = [.. new byte[size].Select((_, i) => i == 0 ? (byte)7 : (byte)0), .. Enumerable.Repeat((byte)0xFF, size)];
        var array = Read("integers.npy", ArrayFolder.Npy($"{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,), }}", data));
        Assert.Equal(7, array.Integer(0));
        Assert.Equal(descr[1] == 'i' ? -1 : ((Int128)1 << (8 * size)) - 1, array.Integer(1));
    }

    [Fact]
    public void ReadsEveryTypeOfFloat()
    {
        Assert.Equal(0.25, Read("half.npy", ArrayFolder.Npy("<f2", "(1,)", (Half)0.25)).Float(0));
        Assert.Equal(0.25, Read("single.npy", ArrayFolder.Npy("<f4", "(1,)", 0.25f)).Float(0));
        Assert.Equal(0.25, Read("double.npy", ArrayFolder.Npy("<f8", "(1,)", 0.25)).Float(0));
    }

    [Fact]
    public void ReadsAnArrayOfAnArchive() => Assert.Equal(6, Read("set.npz", ArrayFolder.Npz(("other", [1]), ("images", SixBytes))).Data.Length);

    [Fact]
    public void ReadsATensorBehindAnother()
    {
        var array = Read("set.safetensors", ArrayFolder.Safetensors("""{"__metadata__":{"by":"hand"},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"images":{"dtype":"I16","shape":[2],"data_offsets":[1,5]}}""", 9, 1, 0, 2, 0));
        Assert.Equal([1, 2], [array.Integer(0), array.Integer(1)]);
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", "numpy.ascontiguousarray")]
    [InlineData("{'descr': '>i4', 'fortran_order': False, 'shape': (2, 3), }", "the type '>i4'")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 3), }", "the type '|O'")]
    [InlineData("{'descr': '|u1', 'shape': (2, 3), }", "is not the dictionary")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'shape': (2, 3), }", "is not the dictionary")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4), }", "is truncated: ")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2), }", "is longer than its header states")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 3), }", "no possible dimension")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2000000000, 2000000000, 2000000000), }", "needs more than")]
    [InlineData("__import__('os').system('true')", "is not the dictionary")]
    public void RefusesOtherHeaders(string header, string expected) => AssertRefused("images.npy", ArrayFolder.Npy(header, [1, 2, 3, 4, 5, 6]), expected);

    [Fact]
    public void RefusesOtherFiles()
    {
        AssertRefused("images.npy", "\u0089PNG, and more"u8.ToArray(), "is no NumPy array");
        AssertRefused("images.npz", "PK, and more"u8.ToArray(), "cannot be used");
        AssertRefused("images.safetensors", "no such thing"u8.ToArray(), "is no safetensors file, or truncated");
        AssertRefused("images.mat", [], "is of no known format: .npy, .npz and .safetensors");
    }

    [Fact]
    public void NamesTheArraysThatAreThere()
    {
        AssertRefused("set.npz", ArrayFolder.Npz(("x", SixBytes), ("y", SixBytes)), "it holds no array 'images', but 'x', 'y'");
        AssertRefused("set.safetensors", ArrayFolder.Safetensors("""{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1), "it holds no tensor 'images', but 'x'");
    }

    [Theory]
    [InlineData("""{"images":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}""", "lies outside the file")]
    [InlineData("""{"images":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}""", "lies outside the file")]
    [InlineData("""{"images":{"dtype":"U8","shape":[1],"data_offsets":[0,2]}}""", "has 2 bytes, where its type and shape need 1")]
    [InlineData("""{"images":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}""", "has the type BF16")]
    [InlineData("""{"images":{"dtype":"U8","shape":[1e99],"data_offsets":[0,2]}}""", "its header is damaged")]
    [InlineData("""{"images":{"dtype":"U8","shape":[1]}}""", "its header is damaged")]
    [InlineData("""{"images":7}""", "its header is damaged")]
    [InlineData("[]", "its header is damaged")]
    [InlineData("{", "its header is damaged")]
    public void RefusesDamagedTensors(string header, string expected) => AssertRefused("images.safetensors", ArrayFolder.Safetensors(header, 1, 2), expected);

    [Fact]
    public void AbsurdShapesCostNoMemory()
    {
        var absurd = ArrayFolder.Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2000000000,), }", [1, 2, 3]);
        var archive = ArrayFolder.Npz(("images", absurd));
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("images.npy", absurd, "truncated");
        AssertRefused("images.npz", archive, "of its array 'images', it is truncated");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void MutatedBytesLoadOrAreRefused()
    {
        var safetensors = ArrayFolder.Safetensors("""{"images":{"dtype":"U8","shape":[2,3],"data_offsets":[0,6]}}""", 1, 2, 3, 4, 5, 6);
        (string File, byte[] Content)[] originals = [("m.npy", SixBytes), ("m.npz", ArrayFolder.Npz(("images", SixBytes))), ("m.safetensors", safetensors)];
        var mutation = Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[0, 4], Gen.Int[0, 400], Gen.Byte.Array[0, 3]);
        mutation.Sample(
            (which, changes, keep, tail) =>
            {
                var bytes = originals[which].Content.ToArray();
                foreach (var (position, value) in changes) bytes[position % bytes.Length] = value;
                var path = folder.Write(originals[which].File, [.. bytes.Take(keep), .. tail]);
                try
                {
                    var array = ArrayFile.Read(path, "images");
                    return array.Data.Length == array.Shape.Aggregate(NumericArray.SizeOf(array.Type), (product, dimension) => product * dimension);
                }
                catch (DatasetException e)
                {
                    return e.Path == path && e.Message.Contains(path, StringComparison.Ordinal);
                }
            },
            iter: 2000,
            threads: 1);
    }

    private NumericArray Read(string file, byte[] content) => ArrayFile.Read(folder.Write(file, content), "images");

    private void AssertRefused(string file, byte[] content, string expected)
    {
        var path = folder.Write(file, content);
        var refused = Assert.Throws<DatasetException>(() => ArrayFile.Read(path, "images"));
        Assert.Equal(path, refused.Path);
        Assert.StartsWith($"'{path}' ", refused.Message);
        Assert.EndsWith(".", refused.Message);
        Assert.Contains(expected, refused.Message);
    }
}
