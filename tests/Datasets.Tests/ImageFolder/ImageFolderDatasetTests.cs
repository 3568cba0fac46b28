using Datasets.Tests.ImageNet;
using Harness;
using Harness.Datasets.ImageFolder;

namespace Datasets.Tests.ImageFolder;

public sealed class ImageFolderDatasetTests : IDisposable
{
    private readonly ImageTree tree = new("pets");

    public void Dispose() => tree.Dispose();

    [Theory]
    [InlineData("test")]
    [InlineData("val")]
    public void FormatsOfAllKindsLoadInOrdinalOrder(string test)
    {
        using var image = ImageTree.Flat(20, 12, 30, 20, 10);
        Write("train/dog/b.png", ImageTree.Png(image));
        Write("train/cat/b.gif", image.WriteToBuffer(".gif"));
        Write("train/cat/a.JPG", ImageTree.Jpeg(image));
        Write("train/cat/notes.txt", [1]);
        Write("train/cat/.hidden.png", [1]);
        Write($"{test}/cat/c.webp", image.WriteToBuffer(".webp[lossless]"));
        Write($"{test}/dog/d.png", ImageTree.Png(image));
        var dataset = Dataset(2);
        using var train = dataset.Open(Split.Train, tree.Data);
        using var tests = dataset.Open(Split.Test, tree.Data);
        Assert.Equal([0, 0, 1], train.Labels);
        Assert.Equal([0, 1], tests.Labels);
        foreach (var images in new[] { train, tests })
        {
            var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
            images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
            for (var i = 0; i < pixels.Length; i++) Assert.InRange(pixels[i], 30 - 10 * (i / 64 % 3) - 3, 30 - 10 * (i / 64 % 3) + 3);
        }
    }

    [Fact]
    public void AListUsesSomeFoldersInItsOrder()
    {
        WriteClasses("cat", "dog");
        using var bright = ImageTree.Flat(8, 8, 200, 200, 200);
        Write("train/eel/a.png", ImageTree.Png(bright));
        Write("test/eel/a.png", ImageTree.Png(bright));
        var dataset = new ImageFolderDataset(new() { Path = tree.Folder, ImageSize = 8, Channels = 1, Classes = ClassSelection.Of("eel", "cat") });
        Assert.Equal(["eel", "cat"], dataset.Card.ClassNames);
        using var images = dataset.Open(Split.Train, new(null));
        Assert.Equal([0, 1], images.Labels);
        Assert.Equal(new ImageShape(1, 8, 8), images.Shape);
        var pixels = new byte[2 * 64];
        images.Read([0, 1], pixels);
        Assert.Equal((200, 22), (pixels[0], pixels[64]));   // luma of 30, 20, 10
    }

    [Fact]
    public void AClassWithoutFolderIsNamedWithTheFoldersThereAre()
    {
        WriteClasses("cat", "dog");
        var dataset = new ImageFolderDataset(new() { Path = tree.Folder, Classes = ClassSelection.Of("cat", "../dog") });
        var refused = Assert.Throws<DatasetException>(() => dataset.Fingerprint(new(null)));
        Assert.Contains("names '../dog', which is no class here.", refused.Message);
        Assert.EndsWith("are 2: cat, dog.", refused.Message);
    }

    [Fact]
    public void BothSplitsNeedTheSameClasses()
    {
        WriteClasses("cat", "dog");
        Write("test/eel/a.png", [1]);
        Assert.Contains("Class 'eel' is in", Assert.Throws<DatasetException>(() => Dataset(2).Open(Split.Train, tree.Data)).Message);
        Directory.Delete(Path.Combine(tree.Folder, "test", "eel"), recursive: true);
        Write("train/ant/a.png", [1]);
        Assert.Contains("Class 'ant' is in", Assert.Throws<DatasetException>(() => Dataset(2).Open(Split.Train, tree.Data)).Message);
    }

    [Fact]
    public void TooFewFoldersSayHowManyThereAre()
    {
        WriteClasses("cat", "dog");
        Assert.Contains("'classes' is 3, and there are 2. The class folders of", Assert.Throws<DatasetException>(() => Dataset(3).Open(Split.Train, tree.Data)).Message);
    }

    [Fact]
    public void EmptyClassesAreNamed()
    {
        WriteClasses("cat", "dog");
        File.Delete(Path.Combine(tree.Folder, "test", "dog", "a.png"));
        Assert.Contains("holds no image (.jpg, .jpeg, .png, .bmp, .gif, .webp)", Assert.Throws<DatasetException>(() => Dataset(2).Open(Split.Test, tree.Data)).Message);
    }

    [Fact]
    public void MissingFoldersAreNamed()
    {
        Assert.Contains("has no train", Assert.Throws<DatasetException>(() => Dataset(2).Fingerprint(tree.Data)).Message);
        Directory.CreateDirectory(Path.Combine(tree.Folder, "train"));
        Assert.Contains("has no test or val", Assert.Throws<DatasetException>(() => Dataset(2).Fingerprint(tree.Data)).Message);
        Assert.Contains("--data DIR", Assert.Throws<DatasetException>(() => Dataset(2).Fingerprint(new(null))).Message);
    }

    private static ImageFolderDataset Dataset(int classes) => new(new() { Path = "pets", ImageSize = 8, Classes = ClassSelection.First(classes) });

    private void WriteClasses(params string[] names)
    {
        using var image = ImageTree.Flat(8, 8, 30, 20, 10);
        foreach (var name in names)
        {
            Write($"train/{name}/a.png", ImageTree.Png(image));
            Write($"test/{name}/a.png", ImageTree.Png(image));
        }
    }

    private void Write(string file, byte[] content) => tree.Write(file, content);
}
