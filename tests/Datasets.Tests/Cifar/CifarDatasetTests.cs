using Harness;
using Harness.Datasets.Cifar;

namespace Datasets.Tests.Cifar;

public sealed class CifarDatasetTests : IDisposable
{
    private readonly CifarFolder ten = new(Cifar10Dataset.Layout, new Cifar10Dataset().Card);
    private readonly CifarFolder hundred = new(Cifar100Dataset.Layout, new Cifar100Dataset().Card);

    public void Dispose()
    {
        ten.Dispose();
        hundred.Dispose();
    }

    [Fact]
    public void ReadsTheBatchesInTheirOrder()
    {
        ten.WriteUnpacked();
        AssertTen();
    }

    [Fact]
    public void ReadsTheFolderThatUnpackingMakes()
    {
        ten.WriteUnpacked("cifar-10-batches-bin");
        AssertTen();
    }

    [Fact]
    public void ReadsTheArchive()
    {
        ten.WriteArchive(ten.Contents());
        AssertTen();
    }

    [Fact]
    public void ReadsFineLabels()
    {
        hundred.WriteUnpacked("cifar-100-binary");
        AssertHundred();
    }

    [Fact]
    public void ReadsFineLabelsFromTheArchive()
    {
        hundred.WriteArchive(hundred.Contents());
        AssertHundred();
    }

    [Fact]
    public void AnInterruptedUnpackingFallsBackOnTheArchive()
    {
        ten.WriteUnpacked("cifar-10-batches-bin");
        File.Delete(Path.Combine(ten.Folder, "cifar-10-batches-bin", "test_batch.bin"));
        ten.WriteArchive(ten.Contents());
        AssertTen();
    }

    [Fact]
    public void RecordsAreOfThePublishedLength()
    {
        Assert.Equal(3073, Cifar10Dataset.Layout.Labels.Count + new Cifar10Dataset().Card.Shape.Bytes);
        Assert.Equal(3074, Cifar100Dataset.Layout.Labels.Count + new Cifar100Dataset().Card.Shape.Bytes);
        Assert.Equal(10, Cifar10Dataset.Layout.Labels[^1].Classes);
        Assert.Equal([20, 100], Cifar100Dataset.Layout.Labels.Select(label => label.Classes));
        Assert.Equal(10, new Cifar10Dataset().Card.ClassNames.Distinct().Count());
        Assert.Equal(100, new Cifar100Dataset().Card.ClassNames.Distinct().Count());
        Assert.Equal(new Cifar100Dataset().Card.ClassNames.Order(StringComparer.Ordinal), new Cifar100Dataset().Card.ClassNames);
    }

    [Theory]
    [InlineData(0, "holds 0 records of 13 bytes, where 2 (26 bytes) are due.")]
    [InlineData(13, "holds 1 records of 13 bytes, where 2 (26 bytes) are due.")]
    [InlineData(39, "holds 3 records of 13 bytes, where 2 (26 bytes) are due.")]
    [InlineData(25, "is 25 bytes long, which is no whole number of 13-byte records; 2 records (26 bytes) are due.")]
    public void RefusesAnotherLength(int length, string expected)
    {
        ten.WriteUnpacked();
        var path = ten.Write(new byte[length], "data_batch_3.bin");
        AssertRefused(ten, Split.Train, path, $"'{path}' {expected}");

        var contents = ten.Contents();
        contents["data_batch_3.bin"] = new byte[length];
        File.Delete(path);
        path = ten.WriteArchive(contents);
        AssertRefused(ten, Split.Train, path, $"'{path}' (data_batch_3.bin) {expected}");
    }

    [Fact]
    public void RefusesALabelOfNoClass()
    {
        ten.WriteUnpacked();
        var content = ten.Contents()["data_batch_2.bin"];
        content[13] = 10;
        var path = ten.Write(content, "data_batch_2.bin");
        AssertRefused(ten, Split.Train, path, $"'{path}' gives image 1 the label 10, but the labels of CIFAR10 are 0 to 9.");
    }

    [Theory]
    [InlineData(0, 20, "coarse label", 19)]
    [InlineData(1, 100, "fine label", 99)]
    public void RefusesACoarseOrFineLabelOfNoClass(int at, byte label, string name, int last)
    {
        var contents = hundred.Contents();
        contents["test.bin"][at] = label;
        var path = hundred.WriteArchive(contents);
        AssertRefused(hundred, Split.Test, path, $"'{path}' (test.bin) gives image 0 the {name} {label}, but the {name}s of CIFAR100 are 0 to {last}.");
    }

    [Fact]
    public void SaysWhichFilesAreMissing()
    {
        ten.WriteUnpacked("cifar-10-batches-bin");
        var folder = Path.Combine(ten.Folder, "cifar-10-batches-bin");
        File.Delete(Path.Combine(folder, "data_batch_2.bin"));
        File.Delete(Path.Combine(folder, "test_batch.bin"));
        AssertRefused(ten, Split.Train, folder, $"Folder '{folder}' of CIFAR10 lacks data_batch_2.bin, test_batch.bin. {ten.Card.HowToGet}");
    }

    [Fact]
    public void SaysWhatAnEmptyFolderOrThePythonVersionWants()
    {
        hundred.Write([0x1F, 0x8B], "cifar-100-python.tar.gz");
        var expected = $"Folder '{hundred.Folder}' of CIFAR100 holds neither cifar-100-binary.tar.gz nor the folder cifar-100-binary nor its files. {hundred.Card.HowToGet}";
        AssertRefused(hundred, Split.Test, hundred.Folder, expected);
        Assert.Equal(expected, Assert.Throws<DatasetException>(() => hundred.Dataset.Fingerprint(hundred.Data)).Message);
        Assert.Contains("the binary version, cifar-100-binary.tar.gz,", expected);
        Assert.Contains("the Python and Matlab versions hold the same images and are not read", expected);
    }

    [Fact]
    public void SaysHowToGetAMissingFolder()
    {
        foreach (var dataset in new IDataset[] { new Cifar10Dataset(), new Cifar100Dataset() })
        {
            Assert.EndsWith(dataset.Card.HowToGet, Assert.Throws<DatasetException>(() => dataset.Fingerprint(ten.Data)).Message);
            Assert.EndsWith(dataset.Card.HowToGet, Assert.Throws<DatasetException>(() => dataset.Open(Split.Train, new(null))).Message);
        }
    }

    [Fact]
    public void FingerprintIsThatOfTheContentOfBothSplits()
    {
        ten.WriteUnpacked();
        var before = ten.Dataset.Fingerprint(ten.Data);
        File.SetLastWriteTimeUtc(Path.Combine(ten.Folder, "test_batch.bin"), DateTime.UnixEpoch);
        Assert.Equal(before, ten.Dataset.Fingerprint(ten.Data));
        foreach (var file in new[] { "data_batch_5.bin", "test_batch.bin" })
        {
            var content = ten.Contents()[file];
            content[^1]++;
            ten.Write(content, file);
            Assert.NotEqual(before, ten.Dataset.Fingerprint(ten.Data));
            ten.WriteUnpacked();
        }
        Assert.Equal(before, ten.Dataset.Fingerprint(ten.Data));
    }

    [Fact]
    public void FingerprintOfTheArchiveIsThatOfItsBytes()
    {
        ten.WriteArchive(ten.Contents());
        var before = ten.Dataset.Fingerprint(ten.Data);
        var contents = ten.Contents();
        contents["test_batch.bin"][^1]++;
        ten.WriteArchive(contents);
        Assert.NotEqual(before, ten.Dataset.Fingerprint(ten.Data));
    }

    private void AssertTen()
    {
        using var train = ten.Dataset.Open(Split.Train, ten.Data);
        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5], train.Labels);
        var pixels = new byte[24];
        train.Read([9, 2], pixels);
        Assert.Equal(Range(420).Concat(Range(100)), pixels);

        using var test = ten.Dataset.Open(Split.Test, ten.Data);
        Assert.Equal([5, 6], test.Labels);
        test.Read([0, 1], pixels);
        Assert.Equal(Range(500).Concat(Range(520)), pixels);
    }

    private void AssertHundred()
    {
        var pixels = new byte[12];
        using var train = hundred.Dataset.Open(Split.Train, hundred.Data);
        Assert.Equal([0, 1], train.Labels);
        train.Read([1], pixels);
        Assert.Equal(Range(20), pixels);

        using var test = hundred.Dataset.Open(Split.Test, hundred.Data);
        Assert.Equal([1, 2], test.Labels);
        test.Read([1], pixels);
        Assert.Equal(Range(120), pixels);
    }

    private static IEnumerable<byte> Range(int first) => Enumerable.Range(first, 12).Select(value => (byte)value);

    private static void AssertRefused(CifarFolder folder, Split split, string path, string message)
    {
        var refused = Assert.Throws<DatasetException>(() => folder.Dataset.Open(split, folder.Data));
        Assert.Equal(path, refused.Path);
        Assert.Equal(message, refused.Message);
    }
}
