using System.ComponentModel.DataAnnotations;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Tests.Datasets;
using Harness.Training;

namespace Harness.Tests.Manifests;

/// <summary>The options that every data set takes, over sets that know nothing of them and sets that take them over.</summary>
public class DatasetOptionsTests
{
    private static readonly PluginCatalog Catalog = FakeCatalog.Full with
    {
        Plugins =
        [
            .. FakeCatalog.Full.Plugins, Plugin("pets", typeof(Pets), null), Plugin("folders", typeof(Folders), typeof(FolderOptions)),
            Plugin("strange", typeof(Folders), typeof(StrangeOptions)), Plugin("mute", typeof(Mute), null),
        ],
    };

    [Fact]
    public void AnySetIsCutAndResizedByTheHost()
    {
        var use = Dataset("pets: { classes: [dog, 0], imageSize: 7, padTo: 9 }");
        Assert.Empty(use.Options);
        Assert.Equal(new SubsampleOptions { Classes = ClassSelection.Of("dog", "0"), ImageSize = 7, PadTo = 9 }, use.Subsample);
        var card = CellParts.MakeDataset(use, Catalog).Card;
        Assert.Equal(["dog", "cat"], card.ClassNames);
        Assert.Equal(new(1, 7, 7), card.Shape);
        Assert.Equal(["cat", "dog"], CellParts.MakeDataset(Dataset("pets: { classes: 2 }"), Catalog).Card.ClassNames);
    }

    [Fact]
    public void ASetThatDeclaresTheOptionsGetsThemInstead()
    {
        var use = Dataset("folders: { classes: [b, a], imageSize: 7 }");
        Assert.Equal("""{"classes":["b","a"],"imageSize":7}""", use.Options.ToJsonString());
        Assert.Equal(new SubsampleOptions(), use.Subsample);
        Assert.Equal((ClassSelection.Of("b", "a"), 7), (use.ClassesUsed(), use.SizeUsed()));
        // Chosen and sized once, by the plugin.
        var card = CellParts.MakeDataset(use, Catalog).Card;
        Assert.Equal(["b", "a"], card.ClassNames);
        Assert.Equal(new(3, 7, 7), card.Shape);
    }

    [Fact]
    public void WhatACardCannotSayIsLeftToThePreflight() => Assert.Equal(3, Dataset("mute: { classes: 3 }").Subsample.Classes!.Number);

    [Theory]
    [InlineData("pets: { classes: [cat, dgo] }", "4:26: 'classes' names 'dgo', which is no class here; did you mean 'dog'?")]
    [InlineData("pets: { classes: [zebra, dog] }", "4:21: 'classes' names 'zebra', which is no class here; known are 'cat', 'dog', 'eel'")]
    [InlineData("pets: { classes: [cat, 3] }", "4:26: 'classes' names '3', which is no class here: they are numbered 0 to 2")]
    [InlineData("pets: { classes: [cat, dog, cat] }", "4:31: 'classes' names 'cat' a second time")]
    [InlineData("pets: { classes: [cat, dog, 1] }", "4:31: 'classes' names 'dog' and '1', which are the same class")]
    [InlineData("pets: { classes: [cat] }", "4:20: 'classes' names 1, and a classifier needs at least 2")]
    [InlineData("pets: { classes: [] }", "4:20: 'classes' names 0, and a classifier needs at least 2")]
    [InlineData("pets: { classes: [cat, [dog]] }", "4:26: 'classes' wants a text, not a list")]
    [InlineData("pets: { classes: 0 }", "4:20: 'classes' is 0, and a classifier needs at least 2")]
    [InlineData("pets: { classes: 4 }", "4:20: 'classes' is 4, and there are 3")]
    [InlineData("pets: { classes: cat }", "4:20: 'classes' wants a whole number or a list, such as [cat, dog], not 'cat'")]
    [InlineData("pets: { classes: '2' }", "4:20: 'classes' wants a whole number or a list, such as [cat, dog], not the text '2'")]
    [InlineData("pets: { classes: { first: 2 } }", "4:20: 'classes' wants a whole number or a list, such as [cat, dog], not a mapping")]
    [InlineData("pets: { imageSize: 0 }", "4:22: 'imageSize' must be between 1 and 1024, not '0'")]
    [InlineData("pets: { padTo: 5 }", "4:18: 'padTo' is 5, and the images are 4x6x1 already: padding only adds; to make them smaller say imageSize: 5")]
    [InlineData("pets: { imageSize: 9, padTo: 8 }", "4:32: 'padTo' is 8, and the images are 9x9x1 already: padding only adds; to make them smaller say imageSize: 8")]
    [InlineData("folders: { classes: [b, bb] }", "4:27: 'classes' names 'bb', which is no class here; known are 'a', 'b', 'c'")]
    [InlineData("folders: { classes: 1 }", "4:23: 'classes' is 1, and a classifier needs at least 2")]
    [InlineData("folders: { imageSize: 3 }", "4:25: 'imageSize' must be between 4 and 8, not '3'")]
    [InlineData("strange: { classes: 3 }",
        "4:3: data set 'strange' cannot be used: its option 'classes' has the name of a key that manifests keep for themselves; its author has to rename it")]
    public void MistakesAreToldWhereTheyStand(string dataset, string error)
    {
        var errors = Assert.Throws<ManifestException>(() => Dataset(dataset)).Errors;
        Assert.Equal($"small.yaml:{error}", Assert.Single(errors).ToString());
    }

    [Theory]
    [InlineData("padTo: 6")]
    [InlineData("imageSize: 5, padTo: 5")]
    public void ImagesThatFillThePaddingAreTaken(string options) => Assert.NotNull(Dataset($"pets: {{ {options} }}"));

    private static DatasetUse Dataset(string written) =>
        Assert.Single(ManifestPlanner.Plan("small.yaml", Planning.SmallWith("mnist: { trainPerClass: 500, padTo: 32 }", written), Catalog).Cells).Dataset;

    private static PluginDescriptor Plugin(string name, Type type, Type? options) => new(PluginKind.Dataset, name, "", "1", "", "", type, options);

    public class Pets(string[] classes, ImageShape shape) : IDataset
    {
        public Pets() : this(["cat", "dog", "eel"], new(1, 4, 6))
        {
        }

        public DatasetCard Card { get; } = new SmallSet(classes, shape, 6).Card;

        public string Fingerprint(DataRoot data) => "pets";

        public ImageSource Open(Split split, DataRoot data) => throw new DatasetException("", "Not here.");
    }

    public sealed record FolderOptions
    {
        public ClassSelection? Classes { get; init; }

        [Range(4, 8)]
        public int ImageSize { get; init; } = 5;
    }

    public sealed record StrangeOptions
    {
        public int Classes { get; init; }
    }

    public sealed class Folders(FolderOptions options) : Pets(Chosen(options), new(3, options.ImageSize, options.ImageSize))
    {
        private static string[] Chosen(FolderOptions options)
        {
            string[] all = ["a", "b", "c"];
            return options.Classes is { } some ? [.. some.Choose(all).Select(i => all[i])] : all;
        }
    }

    public sealed class Mute : IDataset
    {
        public DatasetCard Card => throw new InvalidOperationException("no card today");

        public string Fingerprint(DataRoot data) => "mute";

        public ImageSource Open(Split split, DataRoot data) => throw new DatasetException("", "Not here.");
    }
}
