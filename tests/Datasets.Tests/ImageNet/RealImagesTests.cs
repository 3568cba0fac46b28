using Harness;
using Harness.Datasets.ImageNet;

namespace Datasets.Tests.ImageNet;

/// <summary>Photographs of ILSVRC2012, where HARNESS_DATA has any.</summary>
public class RealImagesTests
{
    [Theory]
    [InlineData(Split.Train, "train")]
    [InlineData(Split.Test, "val")]
    public void EveryImageOfTheFoldersLoads(Split split, string folder)
    {
        var data = Photographs(folder);
        var classes = Directory.GetDirectories(Path.Combine(data.Folder!, "imagenet", folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).Take(10).ToArray();
        using var images = new ImageNetDataset(new() { Classes = ClassSelection.Of(classes), ImageSize = 64 }).Open(split, data);
        Assert.Equal(Enumerable.Range(0, classes.Length), images.Labels.Distinct());
        var some = Enumerable.Range(0, Math.Min(400, images.Labels.Count)).ToArray();
        var pixels = new byte[some.Length * images.Shape.Bytes];
        images.Read(some, pixels);
        // Photographs are neither black nor white on average, nor flat.
        Assert.All(pixels.Chunk(images.Shape.Bytes), image =>
        {
            Assert.InRange(image.Average(level => (double)level), 5, 250);
            Assert.True(image.Max() - image.Min() > 50);
        });
    }

    private static DataRoot Photographs(string folder)
    {
        var root = Environment.GetEnvironmentVariable("HARNESS_DATA");
        if (root is null || !Directory.Exists(Path.Combine(root, "imagenet", folder))) Assert.Skip($"Needs photographs of ILSVRC2012: set HARNESS_DATA to a folder with imagenet/{folder}/ in it.");
        return new(root);
    }
}
