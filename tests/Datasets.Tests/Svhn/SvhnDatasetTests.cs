using System.Security.Cryptography;
using Datasets.Tests.Matlab;
using Harness;
using Harness.Datasets.Svhn;
using Testing;

namespace Datasets.Tests.Svhn;

public sealed class SvhnDatasetTests : IDisposable
{
    private static readonly MatWriter Mat = new();

    private readonly ScratchFolder root = new();
    private readonly SvhnDataset svhn = new();

    public void Dispose() => root.Dispose();

    [Fact]
    public void RefusesAFileOfAnotherCountThanIsPublished()
    {
        Write("train_32x32.mat", Mat.File(Mat.Bytes("X", [32, 32, 3, 2], new byte[2 * 3072]), Mat.Bytes("y", [2, 1], [1, 2])));
        Assert.Contains(
            "holds X of 32 x 32 x 3 x 2, where this file of SVHN has 32 x 32 x 3 x 73257",
            Assert.Throws<DatasetException>(() => svhn.Open(Split.Train, new(root.Path))).Message);
    }

    [Fact]
    public void ReadsAWholeTestSplit()
    {
        // As many images as are published, each of one level in each channel.
        const int count = 26_032;
        var pixels = new byte[count * 3072];
        for (var plane = 0; plane < 3 * count; plane++) pixels.AsSpan(1024 * plane, 1024).Fill((byte)(plane * 7));
        Write("test_32x32.mat", Mat.File(
            Mat.Compressed(Mat.Bytes("X", [32, 32, 3, count], pixels)),
            Mat.Compressed(Mat.Bytes("y", [count, 1], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10 + 1))]))));
        using var images = svhn.Open(Split.Test, new(root.Path));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (i + 1) % 10), images.Labels);
        var last = new byte[3072];
        images.Read([count - 1], last);
        Assert.Equal(pixels[^3072..], last);
    }

    [Fact]
    public void SaysWhichFileIsMissingAndHowToGetIt()
    {
        var folder = Directory.CreateDirectory(root["svhn"]).FullName;
        var refused = Assert.Throws<DatasetException>(() => svhn.Open(Split.Test, new(root.Path)));
        Assert.Equal(folder, refused.Path);
        Assert.Equal($"Folder '{folder}' of SVHN holds no test_32x32.mat. {svhn.Card.HowToGet}", refused.Message);
        Write("test_32x32.mat", []);
        Assert.Contains("holds no train_32x32.mat", Assert.Throws<DatasetException>(() => svhn.Fingerprint(new(root.Path))).Message);
    }

    [Fact]
    public void FingerprintIsThatOfTheContent()
    {
        Write("train_32x32.mat", [1]);
        Write("test_32x32.mat", [2]);
        var before = svhn.Fingerprint(new(root.Path));
        Write("test_32x32.mat", [3]);
        Assert.NotEqual(before, svhn.Fingerprint(new(root.Path)));
        Write("test_32x32.mat", [2]);
        Assert.Equal(before, svhn.Fingerprint(new(root.Path)));
    }

    /// <summary>The first 1,083 images of the published training file, where HARNESS_DATA has them. The hash is that of an independent reader's pixels.</summary>
    [Fact]
    public void TheFirstPublishedImages()
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("HARNESS_DATA") ?? "", "svhn", "train_32x32_first1083.mat");
        if (!File.Exists(path)) Assert.Skip("Needs part of the published files: set HARNESS_DATA to a folder with svhn/train_32x32_first1083.mat in it.");
        using var images = CroppedDigits.Read(path, 1083);
        Assert.Equal([1, 9, 2, 3, 2, 5, 9, 3, 3, 1, 3, 3, 2, 8, 7, 4, 4, 1, 2, 8], images.Labels.Take(20));
        Assert.Equal([66, 227, 141, 134, 110, 112, 78, 70, 78, 67], images.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value));
        var pixels = new byte[1083 * 3072];
        images.Read([.. Enumerable.Range(0, 1083)], pixels);
        Assert.Equal("0262ac544c6e4be84856419914e2f4b5fcd1d2e414be72bedaf86c24f8eae40c", Convert.ToHexStringLower(SHA256.HashData(pixels)));
    }

    private void Write(string file, byte[] content)
    {
        Directory.CreateDirectory(root["svhn"]);
        File.WriteAllBytes(root["svhn", file], content);
    }
}
