using CsCheck;
using Harness;
using Harness.Datasets.Mnist;

namespace Datasets.Tests.Mnist;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] Pixels = [.. Enumerable.Range(0, 3 * 4 * 5).Select(i => (byte)(7 * i))];
    private static readonly byte[] Images = IdxFolder.Images(3, 4, 5, Pixels);

    private readonly IdxFolder folder = new("idx");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsPlain() => Assert.Equal(Pixels, ReadImages(Images));

    [Fact]
    public void ReadsGzip() => Assert.Equal(Pixels, ReadImages(IdxFolder.Gzip(Images)));

    [Fact]
    public void ReadsLabels() => Assert.Equal([3, 1, 4], IdxFile.Read(folder.Write("labels", IdxFolder.Labels(3, 1, 4)), [3], "labels"));

    [Theory]
    [InlineData(0, "truncated: it ends after 0 bytes, within the IDX header of its images")]
    [InlineData(3, "truncated: it ends after 3 bytes, within the IDX header of its images")]
    [InlineData(15, "truncated: it ends after 15 bytes, within the IDX header of its images")]
    [InlineData(16, "truncated: 0 bytes of images follow its header, where 60 (3 x 4 x 5) are due")]
    [InlineData(75, "truncated: 59 bytes of images follow its header, where 60 (3 x 4 x 5) are due")]
    public void RefusesTruncated(int length, string expected)
    {
        AssertRefused(Images[..length], expected);
        AssertRefused(IdxFolder.Gzip(Images[..length]), expected);
    }

    [Fact]
    public void RefusesLonger()
    {
        AssertRefused([.. Images, 0], "longer than its header states: more than 60 bytes (3 x 4 x 5) follow the header");
        AssertRefused(IdxFolder.Gzip([.. Images, 0]), "longer than its header states");
    }

    [Fact]
    public void RefusesAnythingElse() =>
        AssertRefused([0x89, (byte)'P', (byte)'N', (byte)'G', .. Images], "no IDX file: it starts with bytes 89504E47, where 00000803 are due");

    [Fact]
    public void RefusesAnotherType() =>
        AssertRefused([0, 0, 0x0D, 3, .. Images[4..]], "has the IDX type code 0x0D, where images have 0x08 (unsigned bytes)");

    [Fact]
    public void RefusesLabelsGivenAsImages() =>
        AssertRefused(IdxFolder.Labels(1, 2, 3), "states 1 dimensions in its IDX header, where images have 3; it may be a file of labels");

    [Fact]
    public void RefusesImagesGivenAsLabels()
    {
        var path = folder.Write("labels", Images);
        AssertSentence(path, "it may be a file of images", () => IdxFile.Read(path, [3], "labels"));
    }

    [Fact]
    public void RefusesOtherDimensions() =>
        AssertRefused(IdxFolder.Images(3, 5, 4, Pixels), "states 3 x 5 x 4 images in its header, where this data set has 3 x 4 x 5");

    [Fact]
    public void AbsurdDimensionsCostNoMemory()
    {
        byte[] absurd = [0, 0, 8, 3, .. Enumerable.Repeat((byte)0xFF, 12), 1, 2, 3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(absurd, "states 4294967295 x 4294967295 x 4294967295 images in its header");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Fact]
    public void RefusesDamagedGzip()
    {
        var packed = IdxFolder.Gzip(Images);
        packed[^5] ^= 0xFF; // within the checksum
        AssertRefused(packed, "is damaged: its gzip data cannot be decompressed");
    }

    [Fact]
    public void RefusesTruncatedGzip() => AssertSentence(folder.Write("images", IdxFolder.Gzip(Images)[..^20]), "", () => Read("images"));

    [Fact]
    public void RefusesAFolderOfThatName()
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Folder, "images")).FullName;
        AssertSentence(path, "cannot be read", () => Read("images"));
    }

    [Fact]
    public void MutatedBytesLoadOrAreRefused()
    {
        byte[][] originals = [Images, IdxFolder.Gzip(Images)];
        var mutation = Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Int[0, 99], Gen.Byte).Array[0, 4], Gen.Int[0, 100], Gen.Byte.Array[0, 3]);
        mutation.Sample(
            (which, changes, keep, tail) =>
            {
                var bytes = originals[which].ToArray();
                foreach (var (position, value) in changes) bytes[position % bytes.Length] = value;
                bytes = [.. bytes.Take(keep), .. tail];
                var path = folder.Write("mutated", bytes);
                try
                {
                    return IdxFile.Read(path, [3, 4, 5], "images").Length == Pixels.Length;
                }
                catch (DatasetException e)
                {
                    return e.Path == path && e.Message.Contains(path, StringComparison.Ordinal);
                }
            },
            iter: 3000,
            threads: 1);
    }

    private byte[] ReadImages(byte[] content)
    {
        folder.Write("images", content);
        return Read("images");
    }

    private byte[] Read(string file) => IdxFile.Read(Path.Combine(folder.Folder, file), [3, 4, 5], "images");

    private void AssertRefused(byte[] content, string expected) => AssertSentence(folder.Write("images", content), expected, () => Read("images"));

    private static void AssertSentence(string path, string expected, Action read)
    {
        var refused = Assert.Throws<DatasetException>(read);
        Assert.Equal(path, refused.Path);
        Assert.StartsWith($"'{path}' ", refused.Message);
        Assert.EndsWith(".", refused.Message);
        Assert.Contains(expected, refused.Message);
    }
}
