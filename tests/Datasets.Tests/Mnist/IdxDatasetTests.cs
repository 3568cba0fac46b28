using Harness;
using Harness.Datasets.Mnist;

namespace Datasets.Tests.Mnist;

public sealed class IdxDatasetTests : IDisposable
{
    private static readonly DatasetCard Card = new MnistDataset().Card with { ClassNames = ["a", "b", "c"], Shape = new(1, 2, 2), TrainCount = 3, TestCount = 2 };

    private readonly IdxFolder folder = new("tiny");
    private readonly IdxDataset tiny = new("tiny", Card);

    public IdxDatasetTests()
    {
        folder.Write("train-images-idx3-ubyte", IdxFolder.Images(3, 2, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]));
        folder.Write("train-labels.idx1-ubyte", IdxFolder.Labels(2, 0, 1));
        folder.Write("t10k-images-idx3-ubyte.gz", IdxFolder.Gzip(IdxFolder.Images(2, 2, 2, [21, 22, 23, 24, 25, 26, 27, 28])));
        folder.Write("t10k-labels-idx1-ubyte.gz", IdxFolder.Gzip(IdxFolder.Labels(1, 1)));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsImagesInTheOrderAsked()
    {
        using var train = tiny.Open(Split.Train, folder.Data);
        Assert.Equal([2, 0, 1], train.Labels);
        var pixels = new byte[13];
        train.Read([2, 0, 2], pixels);
        Assert.Equal([9, 10, 11, 12, 1, 2, 3, 4, 9, 10, 11, 12, 0], pixels);
    }

    [Fact]
    public void ReadsTheTestSplitFromGzip()
    {
        using var test = tiny.Open(Split.Test, folder.Data);
        Assert.Equal([1, 1], test.Labels);
        var pixels = new byte[4];
        test.Read([1], pixels);
        Assert.Equal([25, 26, 27, 28], pixels);
    }

    [Fact]
    public void RefusesALabelOfNoClass()
    {
        var path = folder.Write("train-labels.idx1-ubyte", IdxFolder.Labels(2, 3, 1));
        Assert.Equal($"'{path}' gives image 1 the label 3, but the labels of MNIST are 0 to 2.", Refusal(Split.Train).Message);
    }

    [Fact]
    public void RefusesLabelsOfAnotherCountThanTheImages()
    {
        var path = folder.Write("train-labels.idx1-ubyte", IdxFolder.Labels(2, 0));
        Assert.Equal($"'{path}' states 2 labels in its header, where this data set has 3.", Refusal(Split.Train).Message);
    }

    [Fact]
    public void RefusesSwappedSplits()
    {
        File.Delete(Path.Combine(folder.Folder, "train-images-idx3-ubyte"));
        File.Move(Path.Combine(folder.Folder, "t10k-images-idx3-ubyte.gz"), Path.Combine(folder.Folder, "train-images-idx3-ubyte.gz"));
        Assert.Contains("states 2 x 2 x 2 images in its header, where this data set has 3 x 2 x 2", Refusal(Split.Train).Message);
    }

    [Fact]
    public void SaysWhichFileIsMissingAndHowToGetIt()
    {
        File.Delete(Path.Combine(folder.Folder, "t10k-labels-idx1-ubyte.gz"));
        var refusal = Refusal(Split.Test);
        Assert.Equal(folder.Folder, refusal.Path);
        Assert.Equal(
            $"Folder '{folder.Folder}' of MNIST holds none of t10k-labels-idx1-ubyte, t10k-labels.idx1-ubyte, t10k-labels-idx1-ubyte.gz and t10k-labels.idx1-ubyte.gz. {Card.HowToGet}",
            refusal.Message);
        Assert.Equal(refusal.Message, Assert.Throws<DatasetException>(() => tiny.Fingerprint(folder.Data)).Message);
    }

    [Fact]
    public void SaysHowToGetAMissingFolder()
    {
        var missing = Assert.Throws<DatasetException>(() => new MnistDataset().Fingerprint(folder.Data));
        Assert.Contains("does not exist", missing.Message);
        Assert.EndsWith(Card.HowToGet, missing.Message);
        Assert.EndsWith(Card.HowToGet, Assert.Throws<DatasetException>(() => new MnistDataset().Open(Split.Train, new(null))).Message);
    }

    [Fact]
    public void FingerprintIsThatOfTheContent()
    {
        var before = tiny.Fingerprint(folder.Data);
        var labels = Path.Combine(folder.Folder, "train-labels.idx1-ubyte");
        File.SetLastWriteTimeUtc(labels, DateTime.UnixEpoch);
        Assert.Equal(before, tiny.Fingerprint(folder.Data));
        folder.Write("train-labels.idx1-ubyte", IdxFolder.Labels(2, 1, 1));
        Assert.NotEqual(before, tiny.Fingerprint(folder.Data));
    }

    private DatasetException Refusal(Split split) => Assert.Throws<DatasetException>(() => tiny.Open(split, folder.Data));
}
