using CsCheck;
using Datasets.Tests.Matlab;
using Harness;
using Harness.Datasets.ImageNet;
using Testing;

namespace Datasets.Tests.ImageNet;

public sealed class DevkitSynsetsTests : IDisposable
{
    private static readonly MatWriter Mat = new();

    private readonly ScratchFolder folder = new();

    private string File => folder["meta.mat"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void IdsComeInTheOrderOfTheirNumbersWhereverTheyStand(bool bigEndian, bool compressed)
    {
        var shuffled = DevkitWriter.Reversed.OrderBy(synset => synset.Number % 7);
        Assert.Equal(DevkitWriter.Reversed.Select(synset => synset.Id), Read(DevkitWriter.Meta(new(bigEndian), compressed, shuffled)));
    }

    [Fact]
    public void RefusesNumbersThatAreMissingDoubledOrNone()
    {
        var synsets = DevkitWriter.Reversed;
        var last = synsets[999].Id;
        AssertRefused(synsets.Take(999), "gives no WNID for ILSVRC2012_ID 1000, but all of 1 to 1000 are classes");
        AssertRefused([.. synsets.Take(999), (7, last)], "has two synsets of ILSVRC2012_ID 7");
        AssertRefused([.. synsets.Take(999), (0, last)], "synset 1000: its ILSVRC2012_ID is no whole number from 1");
        AssertRefused([.. synsets.Take(999), (999.5, last)], "synset 1000: its ILSVRC2012_ID is no whole number from 1");
        AssertRefused([.. synsets.Take(999), (double.NaN, last)], "synset 1000: its ILSVRC2012_ID is no whole number from 1");
        AssertRefused([.. synsets.Take(999), (1000, "n00000001")], "gives ILSVRC2012_ID 1000 the WNID 'n00000001', which is none of ImageNet's 1000 classes");
        AssertRefused([.. synsets.Take(999), (1000, synsets[0].Id)], "or that of another number");
        AssertRefused([.. synsets.Take(999), (1000, "n1")], "synset 1000: its WNID is no text of nine letters, as in n01440764");
    }

    [Fact]
    public void RefusesFilesOfAnotherKind()
    {
        AssertRefused(Mat.File(Mat.Bytes("synsets", [1, 1], [1])), "holds no structures 'synsets', as the meta.mat of ILSVRC2012's devkit does");
        AssertRefused(Mat.File(Mat.Structures("synsets", [1, 1], ["ILSVRC2010_ID", "WNID"], Mat.Doubles("", [1, 1], 1), Mat.Text("", "n01440764"))), "gives the synsets no field ILSVRC2012_ID");
        AssertRefused(Mat.File(Mat.Structures("synsets", [1, 1], ["ILSVRC2012_ID"], Mat.Doubles("", [1, 1], 1))), "gives the synsets no field WNID");
        AssertRefused(Mat.File(Mat.Structures("synsets", [1, 1], ["WNID", "ILSVRC2012_ID"], Mat.Text("", "n01440764"), Mat.Element(MatWriter.MatrixType, []))), "synset 1: its ILSVRC2012_ID is no whole number");
        AssertRefused("<html>"u8.ToArray(), "is truncated: it ends 6 bytes into the header of 128");
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => DevkitSynsets.Read(folder["none.mat"])).Message);
    }

    [Fact]
    public void RefusesDamagedCompression()
    {
        var bytes = DevkitWriter.Meta(Mat, compressed: true, DevkitWriter.Reversed);
        bytes[^1] ^= 1;
        AssertRefused(bytes, "is damaged: its zlib data cannot be decompressed");
    }

    [Fact]
    public void MutatedBytesLoadOrAreRefusedWithinMemory()
    {
        byte[][] originals =
        [
            DevkitWriter.Meta(Mat, compressed: false, DevkitWriter.Reversed),
            DevkitWriter.Meta(Mat, compressed: true, DevkitWriter.Reversed),
            DevkitWriter.Meta(new(bigEndian: true), compressed: false, DevkitWriter.Reversed),
        ];
        // Half of the changes go where the structure is: before the first value, and in the first and last few.
        var position = Gen.OneOf(Gen.Int[0, 9_999_999], Gen.Int[120, 1000], Gen.Int[-600, -1]);
        var mutation = Gen.Select(Gen.Int[0, 2], Gen.Select(position, Gen.Byte).Array[0, 4], Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[0, 9_999])), Gen.Byte.Array[0, 1]);
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
                    var ids = DevkitSynsets.Read(File);
                    loaded++;
                    return ids.Order(StringComparer.Ordinal).SequenceEqual(Synset.All.Select(synset => synset.Id));
                }
                catch (DatasetException e)
                {
                    return e.Path == File && e.Message.Contains(File, StringComparison.Ordinal) && GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000;
                }
            },
            iter: 400,
            threads: 1);
        Assert.InRange(loaded, 20, 380);
    }

    private string[] Read(byte[] content)
    {
        System.IO.File.WriteAllBytes(File, content);
        return DevkitSynsets.Read(File);
    }

    private void AssertRefused(IEnumerable<(double, string)> synsets, string expected) => AssertRefused(DevkitWriter.Meta(Mat, compressed: true, synsets), expected);

    private void AssertRefused(byte[] content, string expected)
    {
        var refused = Assert.Throws<DatasetException>(() => Read(content));
        Assert.Equal(File, refused.Path);
        Assert.StartsWith($"'{File}'", refused.Message);
        Assert.Contains(expected, refused.Message);
        Assert.EndsWith(".", refused.Message);
    }
}
