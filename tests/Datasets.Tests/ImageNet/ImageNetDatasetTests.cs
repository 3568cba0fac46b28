using System.Text;
using Harness;
using Harness.Datasets.ImageNet;

namespace Datasets.Tests.ImageNet;

public sealed class ImageNetDatasetTests : IDisposable
{
    private const string Tench = "n01440764";
    private const string Goldfish = "n01443537";

    private const string GroundTruth = "ILSVRC2012_validation_ground_truth.txt";

    private readonly ImageTree tree = new("imagenet");

    public void Dispose() => tree.Dispose();

    [Fact]
    public void TheWholeSetHasTheFieldsClasses()
    {
        var card = Dataset().Card;
        Assert.Equal(1000, card.ClassNames.Count);
        Assert.Equal("n01440764 tench", card.ClassNames[0]);
        Assert.Equal(new ImageShape(3, 224, 224), card.Shape);
        Assert.Equal((1_281_167, 50_000), (card.TrainCount, card.TestCount));
    }

    [Fact]
    public void ClassesAreInTheOrderOfTheList() => Assert.Equal(["n01443537 goldfish", "n01440764 tench"], Dataset(Goldfish, Tench).Card.ClassNames);

    [Fact]
    public void ANumberTakesTheFirstClasses() =>
        Assert.Equal(["n01440764 tench", "n01443537 goldfish"], new ImageNetDataset(new() { Classes = ClassSelection.First(2) }).Card.ClassNames);

    [Fact]
    public void RefusesWhatIsNoWordNetId() => Assert.Equal(1, Assert.Throws<PluginOptionException>(() => Dataset(Tench, "n00000000")).Item);

    [Fact]
    public void LabelsFollowTheListInFoldersAndFlat()
    {
        WriteSplit("train");
        using var train = Dataset(Goldfish, Tench).Open(Split.Train, tree.Data);
        Assert.Equal([0, 1, 1], train.Labels);
        Assert.Equal([30, 10, 20], Levels(train, 0, 1, 2));
        var ids = Enumerable.Repeat(Tench, ValidationLabels.Count).ToArray();
        ids[1] = Goldfish;
        tree.Write("labels.txt", Encoding.ASCII.GetBytes(string.Join('\n', ids) + '\n'));
        WriteFlat((1, 5), (2, 10));
        using var test = Dataset(Goldfish, Tench).Open(Split.Test, tree.Data);
        Assert.Equal([1, 0], test.Labels);
    }

    [Fact]
    public void FoldersGiveLabelsAndPixelsInOrdinalOrder()
    {
        WriteSplit("train");
        WriteSplit("val");
        foreach (var split in Enum.GetValues<Split>())
        {
            using var images = Dataset(Tench, Goldfish).Open(split, tree.Data);
            Assert.Equal([0, 0, 1], images.Labels);
            Assert.Equal([30, 20, 10], Levels(images, 2, 1, 0));
            Assert.Equal([20], Levels(images, 1));
        }
    }

    [Fact]
    public void FlatValidationImagesTakeTheirClassFromAFileOfIds()
    {
        WriteSplit("train");
        var ids = Enumerable.Repeat("n02102040", ValidationLabels.Count).ToArray();
        (ids[1], ids[2], ids[49_999]) = (Goldfish, Tench, Goldfish);
        tree.Write("ilsvrc2012_val_synset_labels.txt", Encoding.ASCII.GetBytes(string.Join('\n', ids) + '\n'));
        WriteFlat((1, 5), (2, 10), (3, 20), (50_000, 30));
        using var images = Dataset(Tench, Goldfish).Open(Split.Test, tree.Data);
        Assert.Equal([1, 0, 1], images.Labels);
        Assert.Equal([10, 20, 30], Levels(images, 0, 1, 2));
    }

    [Fact]
    public void FlatValidationImagesWithoutLabelsSayWhichFileIsWanted()
    {
        WriteFlat((1, 5));
        AssertRefused(Split.Test, "nothing says their classes: unpack ILSVRC2012_devkit_t12.tar.gz into");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("val/", "val/")]
    [InlineData("val/", "ILSVRC2012_devkit_t12/data/")]
    [InlineData("data/", "data/")]
    [InlineData("ILSVRC2012_devkit_t12/data/", "ILSVRC2012_devkit_t12/data/")]
    [InlineData("val/ILSVRC2012_devkit_t12/data/", "val/data/")]
    public void FlatValidationImagesTakeTheirClassFromTheDevkit(string truth, string meta)
    {
        WriteFlat((1, 5), (2, 10), (3, 20), (50_000, 30));
        WriteDevkit(truth, meta, DevkitWriter.Reversed);
        using var images = Dataset(Tench, Goldfish).Open(Split.Test, tree.Data);
        Assert.Equal([1, 0, 1], images.Labels);
        Assert.Equal([10, 20, 30], Levels(images, 0, 1, 2));
    }

    [Fact]
    public void FingerprintFollowsWhatTheDevkitSays()
    {
        WriteSplit("train");
        WriteFlat((2, 10), (3, 20));
        WriteDevkit("", "", DevkitWriter.Reversed);
        var before = Dataset(Tench, Goldfish).Fingerprint(tree.Data);
        WriteDevkit("", "", [.. DevkitWriter.Reversed.Take(998), (999, Tench), (1000, Goldfish)]);
        var otherOrder = Dataset(Tench, Goldfish).Fingerprint(tree.Data);
        Assert.NotEqual(before, otherOrder);
        // The other order of the classes by the other file: the same labels.
        WriteDevkit("", "", DevkitWriter.Reversed, "1000", "999");
        Assert.Equal(otherOrder, Dataset(Tench, Goldfish).Fingerprint(tree.Data));
    }

    [Fact]
    public void AFileOfIdsComesBeforeTheDevkit()
    {
        WriteFlat((2, 10));
        WriteDevkit("", "", DevkitWriter.Reversed);
        tree.Write("labels.txt", Encoding.ASCII.GetBytes(string.Join('\n', Enumerable.Repeat(Tench, ValidationLabels.Count))));
        using var images = Dataset(Tench, Goldfish).Open(Split.Test, tree.Data);
        Assert.Equal([0], images.Labels);
    }

    [Fact]
    public void WithoutMetaMatItSaysWhichFileIsWanted()
    {
        WriteFlat((1, 5));
        WriteDevkit("", "elsewhere/", DevkitWriter.Reversed);
        AssertRefused(Split.Test, $"'{Path.Combine(tree.Folder, GroundTruth)}' gives the classes as the devkit's own numbers, and the file that says which they are is not there: "
            + "put meta.mat, which is ILSVRC2012_devkit_t12/data/meta.mat in ILSVRC2012_devkit_t12.tar.gz, beside it.");
    }

    [Theory]
    [InlineData("490\n361\n", "has 2 lines, where the classes of the validation images have 50000")]
    [InlineData("", "has 0 lines")]
    public void ADevkitOfAnotherCountIsRefused(string truth, string expected)
    {
        WriteFlat((1, 5));
        WriteDevkit("", "", DevkitWriter.Reversed);
        tree.Write(GroundTruth, Encoding.ASCII.GetBytes(truth));
        AssertRefused(Split.Test, expected);
        tree.Write(GroundTruth, new byte[300_001]);
        AssertRefused(Split.Test, "has 300,001 bytes, where 50,000 lines of a number from 1 to 1000 have at most 300,000");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1.5")]
    public void ALineThatIsNoNumberIsNamed(string line)
    {
        WriteFlat((1, 5));
        WriteDevkit("", "", DevkitWriter.Reversed, line, "1");
        AssertRefused(Split.Test, $"line 2: '{line}' is no number from 1 to 1000");
    }

    [Fact]
    public void ALineThatIsNoIdIsNamed()
    {
        WriteFlat((1, 5));
        tree.Write("labels.txt", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("n99999999\n", ValidationLabels.Count))));
        AssertRefused(Split.Test, "line 1: 'n99999999' is none of ImageNet's 1000 WordNet ids");
    }

    [Fact]
    public void MissingClassesNameThoseThatAreThere()
    {
        WriteSplit("train");
        var refused = Assert.Throws<DatasetException>(() => Dataset().Open(Split.Train, tree.Data));
        Assert.Contains("lacks 998 of the 1000 classes asked for, the first being n01484850; to use those it has, say classes: [n01440764, n01443537].", refused.Message);
    }

    [Fact]
    public void PackedClassesAreNamed()
    {
        tree.Write($"train/{Tench}.tar", [0]);
        AssertRefused(Split.Train, "is still packed");
    }

    [Fact]
    public void WithoutFilesItSaysHowToGetThem() => AssertRefused(Split.Train, "https://image-net.org");

    [Fact]
    public void ABrokenImageIsNamedTheFirstOfThem()
    {
        WriteSplit("train");
        var first = tree.Write($"train/{Tench}/b.JPEG", [1, 2, 3]);
        tree.Write($"train/{Goldfish}/a.JPEG", [1, 2, 3]);
        using var images = Dataset(Tench, Goldfish).Open(Split.Train, tree.Data);
        var pixels = new byte[3 * images.Shape.Bytes];
        Assert.Equal(first, Assert.Throws<DatasetException>(() => images.Read([0, 1, 2], pixels)).Path);
    }

    [Fact]
    public void FingerprintFollowsNamesLengthsAndClassesOnly()
    {
        WriteSplit("train");
        WriteSplit("val");
        var before = Dataset(Tench, Goldfish).Fingerprint(tree.Data);
        File.SetLastWriteTimeUtc(Path.Combine(tree.Folder, "train", Tench, "a.JPEG"), DateTime.UnixEpoch);
        tree.Write($"train/{Tench}/notes.txt", [1]);
        Assert.Equal(before, Dataset(Tench, Goldfish).Fingerprint(tree.Data));
        Assert.NotEqual(before, Dataset(Goldfish, Tench).Fingerprint(tree.Data));
        tree.Write($"val/{Goldfish}/z.JPEG", [1, 2, 3]);
        Assert.NotEqual(before, Dataset(Tench, Goldfish).Fingerprint(tree.Data));
    }

    private static ImageNetDataset Dataset(params string[] classes) => new(new() { Classes = classes is [] ? null : ClassSelection.Of(classes) });

    private void WriteSplit(string folder)
    {
        WriteGrey($"{folder}/{Tench}/a.JPEG", 10);
        WriteGrey($"{folder}/{Tench}/b.JPEG", 20);
        WriteGrey($"{folder}/{Goldfish}/a.JPEG", 30);
    }

    private void WriteFlat(params (int Number, byte Level)[] images)
    {
        foreach (var (number, level) in images) WriteGrey($"val/ILSVRC2012_val_{number:D8}.JPEG", level);
    }

    /// <summary>The devkit's two files. Images 2 and 50,000 have the one number, image 3 the other.</summary>
    private void WriteDevkit(string truth, string meta, IEnumerable<(double Number, string Id)> synsets, string second = "999", string third = "1000")
    {
        var numbers = Enumerable.Repeat("17", ValidationLabels.Count).ToArray();
        (numbers[1], numbers[2], numbers[49_999]) = (second, third, second);
        tree.Write(truth + GroundTruth, Encoding.ASCII.GetBytes(string.Join('\n', numbers) + '\n'));
        tree.Write(meta + "meta.mat", DevkitWriter.Meta(new(), compressed: true, synsets));
    }

    private void WriteGrey(string file, byte level)
    {
        using var image = ImageTree.Flat(40, 30, level);
        tree.Write(file, ImageTree.Jpeg(image));
    }

    private void AssertRefused(Split split, string expected) =>
        Assert.Contains(expected, Assert.Throws<DatasetException>(() => Dataset(Tench, Goldfish).Open(split, tree.Data)).Message);

    /// <summary>The one level of each image.</summary>
    private static int[] Levels(ImageSource images, params int[] indices)
    {
        var pixels = new byte[indices.Length * images.Shape.Bytes];
        images.Read(indices, pixels);
        return [.. pixels.Chunk(images.Shape.Bytes).Select(image => (int)Math.Round(image.Average(level => (double)level)))];
    }
}
