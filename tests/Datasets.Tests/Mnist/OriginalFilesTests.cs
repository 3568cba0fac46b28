using System.IO.Compression;
using System.Security.Cryptography;
using Harness;
using Harness.Datasets.Mnist;

namespace Datasets.Tests.Mnist;

/// <summary>The files their authors publish, where HARNESS_DATA has them.</summary>
public class OriginalFilesTests
{
    private static readonly int[] Thousands = [.. Enumerable.Repeat(1000, 10)];

    [Fact]
    public void MnistTrain() => Check("mnist", new MnistDataset(), Split.Train, [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4], 33.3184);

    [Fact]
    public void MnistTest() => Check("mnist", new MnistDataset(), Split.Test, [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9], 33.7912);

    [Fact]
    public void FashionMnistTrain() => Check("fashion-mnist", new FashionMnistDataset(), Split.Train, [.. Thousands.Select(n => 6 * n)], [9, 0, 0, 3, 0, 2, 7, 2, 5, 5], 72.9404);

    [Fact]
    public void FashionMnistTest() => Check("fashion-mnist", new FashionMnistDataset(), Split.Test, Thousands, [9, 2, 1, 1, 6, 1, 4, 6, 5, 7], 73.1466);

    [Fact]
    public void TheFilesAreAsTheCardsSay()
    {
        foreach (var (folder, card) in new[] { ("mnist", new MnistDataset().Card), ("fashion-mnist", new FashionMnistDataset().Card) })
        {
            Assert.Equal(4, card.Files.Count);
            foreach (var file in card.Files)
            {
                var path = Path.Combine(Originals(folder).FolderOf(folder, card), file.Name);
                if (!File.Exists(path)) Assert.Skip($"Needs the published files as they are: {folder}/{file.Name} is not there.");
                Assert.Equal(file.Length, new FileInfo(path).Length);
                Assert.Equal(file.Checksum, "md5:" + Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(path))));
            }
        }
    }

    [Fact]
    public void UnzippedFilesGiveTheSameImages()
    {
        var original = Originals("mnist");
        using var unzipped = new IdxFolder("mnist");
        foreach (var path in Directory.EnumerateFiles(original.FolderOf("mnist", new MnistDataset().Card), "t10k-*.gz"))
        {
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var plain = File.Create(Path.Combine(unzipped.Folder, Path.GetFileNameWithoutExtension(path)));
            packed.CopyTo(plain);
        }
        using var fromGzip = new MnistDataset().Open(Split.Test, original);
        using var fromPlain = new MnistDataset().Open(Split.Test, unzipped.Data);
        Assert.Equal(fromGzip.Labels, fromPlain.Labels);
        Assert.Equal(AllPixels(fromGzip), AllPixels(fromPlain));
    }

    /// <param name="meanLevel">Mean of all pixels, 0 to 255; MNIST's published 0.1307 is 33.3184 / 255.</param>
    private static void Check(string folder, IDataset dataset, Split split, int[] perClass, int[] first, double meanLevel)
    {
        using var images = dataset.Open(split, Originals(folder));
        Assert.Equal(perClass, images.Labels.CountBy(label => label).OrderBy(count => count.Key).Select(count => count.Value));
        Assert.Equal(first, images.Labels.Take(10));
        Assert.Equal(split == Split.Train ? dataset.Card.TrainCount : dataset.Card.TestCount, images.Labels.Count);
        Assert.Equal(meanLevel, AllPixels(images).Average(level => (double)level), 4);
    }

    private static byte[] AllPixels(ImageSource images)
    {
        var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
        return pixels;
    }

    private static DataRoot Originals(string folder)
    {
        var root = Environment.GetEnvironmentVariable("HARNESS_DATA");
        if (root is null || !Directory.Exists(Path.Combine(root, folder))) Assert.Skip($"Needs the published files: set HARNESS_DATA to a folder with {folder}/ in it.");
        return new(root);
    }
}
