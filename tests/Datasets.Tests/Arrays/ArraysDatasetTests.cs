using Harness;
using Harness.Datasets.Arrays;

namespace Datasets.Tests.Arrays;

public sealed class ArraysDatasetTests : IDisposable
{
    private readonly ArrayFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Two images of 1 x 2 pixels in colour: red 1, 2; green 3, 4; blue 5, 6; and those plus 10.
    [Theory]
    [InlineData("(2, 3, 1, 2)", ArrayLayout.Auto, new byte[] { 1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16 })]
    [InlineData("(2, 1, 2, 3)", ArrayLayout.Auto, new byte[] { 1, 3, 5, 2, 4, 6, 11, 13, 15, 12, 14, 16 })]
    [InlineData("(2, 1, 2, 3)", ArrayLayout.Hwc, new byte[] { 1, 3, 5, 2, 4, 6, 11, 13, 15, 12, 14, 16 })]
    public void BothLayoutsGiveTheSamePlanes(string shape, ArrayLayout layout, byte[] values)
    {
        using var images = Open(ArrayFolder.Npy("|u1", shape, values), ArrayFolder.Npy("<i8", "(2,)", 1L, 0L), new(3, 1, 2), layout);
        Assert.Equal([1, 0], images.Labels);
        Assert.Equal(new ImageShape(3, 1, 2), images.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6, 11, 12, 13, 14, 15, 16], Pixels(images));
    }

    [Theory]
    [InlineData("(2, 1, 2)")]
    [InlineData("(2, 1, 2, 1)")]
    [InlineData("(2, 1, 1, 2)")]
    public void GreyNeedsNoChannelAxis(string shape)
    {
        using var images = Open(ArrayFolder.Npy<byte>("|u1", shape, 1, 2, 3, 4), ArrayFolder.Npy<byte>("|u1", "(2, 1)", 0, 1), new(1, 1, 2));
        Assert.Equal([1, 2, 3, 4], Pixels(images));
    }

    [Fact]
    public void FloatsBecomeTheNearestLevel()
    {
        using var images = Open(ArrayFolder.Npy("<f4", "(1, 1, 4)", 0f, 1f, 0.5f, 100.4f / 255), ArrayFolder.Npy<byte>("|u1", "(1,)", 0), new(1, 1, 4));
        Assert.Equal([0, 255, 128, 100], Pixels(images));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(1.01f)]
    [InlineData(-0.01f)]
    public void RefusesFloatsThatAreNoPixels(float value) =>
        AssertRefused(ArrayFolder.Npy("<f4", "(2, 1, 2)", 0f, 0f, 0f, value), ArrayFolder.Npy<byte>("|u1", "(2,)", 0, 1), "in image 1; floats must lie between 0 and 1");

    [Fact]
    public void RefusesImagesOfOtherTypes() => AssertRefused(ArrayFolder.Npy("<i4", "(1, 1, 2)", 0, 1), ArrayFolder.Npy<byte>("|u1", "(1,)", 0), "holds images of type Int32; they must be uint8");

    [Fact]
    public void RefusesOtherShapes() =>
        AssertRefused(ArrayFolder.Npy<byte>("|u1", "(1, 3, 2)", 1, 2, 3, 4, 5, 6), ArrayFolder.Npy<byte>("|u1", "(1,)", 0), "holds images of 1 x 3 x 2, where the options ask for height 1, width 2 and channels 1");

    [Fact]
    public void RefusesToGuessALayout()
    {
        var cube = ArrayFolder.Npy("|u1", "(1, 3, 3, 3)", Enumerable.Range(0, 27).Select(i => (byte)i).ToArray());
        var labels = ArrayFolder.Npy<byte>("|u1", "(1,)", 0);
        Assert.Contains("say which with layout", Assert.Throws<DatasetException>(() => Open(cube, labels, new(3, 3, 3))).Message);
        using var images = Open(cube, labels, new(3, 3, 3), ArrayLayout.Chw);
        Assert.Equal(Enumerable.Range(0, 27).Select(i => (byte)i), Pixels(images));
    }

    [Fact]
    public void RefusesWrongLabels()
    {
        var images = ArrayFolder.Npy<byte>("|u1", "(2, 1, 2)", 1, 2, 3, 4);
        AssertRefused(images, ArrayFolder.Npy<byte>("|u1", "(3,)", 0, 1, 0), "holds 3 labels, and there are 2 images");
        AssertRefused(images, ArrayFolder.Npy("<i8", "(2,)", 0L, -1L), "gives image 1 the label -1, but with classCount 2 labels are 0 to 1");
        AssertRefused(images, ArrayFolder.Npy<byte>("|u1", "(2,)", 2, 1), "gives image 0 the label 2");
        AssertRefused(images, ArrayFolder.Npy("<f4", "(2,)", 0f, 1f), "they must be integers");
        AssertRefused(images, ArrayFolder.Npy<byte>("|u1", "(1, 2)", 0, 1), "holds labels of 1 x 2");
    }

    [Fact]
    public void ArchivesHoldBothUnderTheNamesGiven()
    {
        var path = folder.Write("set.npz", ArrayFolder.Npz(("x", ArrayFolder.Npy<byte>("|u1", "(2, 1, 2)", 1, 2, 3, 4)), ("y", ArrayFolder.Npy<byte>("|u1", "(2,)", 0, 1))));
        var dataset = new ArraysDataset(new() { Train = path, Test = "set.npz", Images = "x", Labels = "y", ClassCount = 2, Height = 1, Width = 2 });
        using var images = dataset.Open(Split.Test, folder.Data);
        Assert.Equal([0, 1], images.Labels);
        Assert.Equal([1, 2, 3, 4], Pixels(images));
        var before = dataset.Fingerprint(folder.Data);
        File.AppendAllText(path, " ");
        Assert.NotEqual(before, dataset.Fingerprint(folder.Data));
    }

    [Fact]
    public void RefusesLabelsThatAreMissingOrTooMany()
    {
        Assert.Equal("trainLabels", Assert.Throws<PluginOptionException>(() => new ArraysDataset(Options("a.npy", null))).Option);
        Assert.Equal("trainLabels", Assert.Throws<PluginOptionException>(() => new ArraysDataset(Options("a.npz", "b.npy"))).Option);
    }

    [Fact]
    public void MissingFilesAreNamed()
    {
        var dataset = new ArraysDataset(Options("a.npz", null));
        Assert.Contains("does not exist", Assert.Throws<DatasetException>(() => dataset.Fingerprint(folder.Data)).Message);
        Assert.Contains("--data DIR", Assert.Throws<DatasetException>(() => dataset.Fingerprint(new(null))).Message);
    }

    private static ArraysOptions Options(string train, string? labels) => new() { Train = train, TrainLabels = labels, Test = "t.npz", ClassCount = 2, Height = 1, Width = 2 };

    private ImageSource Open(byte[] images, byte[] labels, ImageShape shape, ArrayLayout layout = ArrayLayout.Auto)
    {
        folder.Write("x.npy", images);
        folder.Write("y.npy", labels);
        return new ArraysDataset(new()
        {
            Train = "x.npy",
            TrainLabels = "y.npy",
            Test = "x.npy",
            TestLabels = "y.npy",
            ClassCount = 2,
            Channels = shape.Channels,
            Height = shape.Height,
            Width = shape.Width,
            Layout = layout,
        }).Open(Split.Train, folder.Data);
    }

    private void AssertRefused(byte[] images, byte[] labels, string expected) =>
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Open(images, labels, new(1, 1, 2))).Message);

    private static byte[] Pixels(ImageSource images)
    {
        var pixels = new byte[images.Labels.Count * images.Shape.Bytes];
        images.Read([.. Enumerable.Range(0, images.Labels.Count)], pixels);
        return pixels;
    }
}
