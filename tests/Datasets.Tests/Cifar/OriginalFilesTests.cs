using System.Formats.Tar;
using System.IO.Compression;
using Harness;
using Harness.Datasets.Cifar;
using Testing;

namespace Datasets.Tests.Cifar;

/// <summary>CIFAR10 as its authors publish it, where HARNESS_DATA has it.</summary>
public class OriginalFilesTests
{
    private static readonly Cifar10Dataset Dataset = new();

    /// <param name="red">Mean of all red pixels, 0 to 255; of the training images 125.3, as published.</param>
    [Theory]
    [InlineData(Split.Train, 5000, new[] { 6, 9, 9, 4, 1, 1, 2, 7, 8, 3 }, 125.31, 122.95, 113.87)]
    [InlineData(Split.Test, 1000, new[] { 3, 8, 8, 0, 6, 6, 1, 6, 3, 1 }, 126.02, 123.71, 114.85)]
    public void Cifar10IsBalancedAndHasThePublishedMeans(Split split, int perClass, int[] first, double red, double green, double blue)
    {
        using var images = Dataset.Open(split, Originals());
        Assert.Equal(split == Split.Train ? Dataset.Card.TrainCount : Dataset.Card.TestCount, images.Labels.Count);
        Assert.Equal(Enumerable.Repeat(perClass, 10), images.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal(first, images.Labels.Take(10));

        var sums = new double[3];
        foreach (var (place, plane) in AllPixels(images).Chunk(32 * 32).Index()) sums[place % 3] += plane.Sum(level => (long)level);
        Assert.All(sums.Zip([red, green, blue]), pair => Assert.Equal(pair.Second, pair.First / (images.Labels.Count * 32 * 32), 2));
    }

    [Fact]
    public void TheClassesAreThoseOfTheirOwnList() =>
        Assert.Equal(File.ReadAllLines(Path.Combine(Unpacked(), "batches.meta.txt")).Where(line => line.Length > 0), Dataset.Card.ClassNames);

    [Fact]
    public void AnArchiveGivesTheSameImages()
    {
        var unpacked = Unpacked();
        using var scratch = new ScratchFolder();
        Directory.CreateDirectory(scratch["cifar10"]);
        using (var file = File.Create(scratch["cifar10", "cifar-10-binary.tar.gz"]))
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        {
            TarFile.CreateFromDirectory(unpacked, gzip, includeBaseDirectory: true);
        }
        foreach (var split in Enum.GetValues<Split>())
        {
            using var fromArchive = Dataset.Open(split, new(scratch.Path));
            using var fromFiles = Dataset.Open(split, Originals());
            Assert.Equal(fromFiles.Labels, fromArchive.Labels);
            Assert.True(AllPixels(fromFiles).AsSpan().SequenceEqual(AllPixels(fromArchive)));
        }
    }

    private static byte[] AllPixels(ImageSource images)
    {
        var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
        return pixels;
    }

    private static string Unpacked() => Path.Combine(Originals().Folder!, "cifar10", "cifar-10-batches-bin");

    private static DataRoot Originals()
    {
        var root = Environment.GetEnvironmentVariable("HARNESS_DATA");
        if (root is null || !Directory.Exists(Path.Combine(root, "cifar10", "cifar-10-batches-bin")))
        {
            Assert.Skip("Needs the published files: set HARNESS_DATA to a folder with cifar10/cifar-10-batches-bin/ in it.");
        }
        return new(root);
    }
}
