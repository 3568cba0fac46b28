using System.Globalization;
using Harness.Datasets.Decoding;

namespace Harness.Datasets.ImageFolder;

/// <summary>A data set of one's own: a folder of images for each class.</summary>
[Plugin("image-folder", Summary = "Images of one's own: DIR/train/CLASS/*, DIR/test/CLASS/* in JPEG, PNG, BMP, GIF or WebP.")]
public sealed class ImageFolderDataset : IDataset
{
    private static readonly string[] Extensions = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"];

    private readonly ImageFolderOptions options;
    private readonly ImageDecoder decoder;

    /// <summary>Touches no file.</summary>
    /// <param name="options">Where the images lie and what is made of them.</param>
    /// <exception cref="PluginOptionException">The classes are not given, or given twice over.</exception>
    public ImageFolderDataset(ImageFolderOptions options)
    {
        this.options = options;
        decoder = new(CropGeometry.Whole(options.ImageSize), options.Channels);
        Card = new()
        {
            Title = Path.GetFileName(options.Path.TrimEnd('/')) is { Length: > 0 } name ? name : "Image folder",
            ClassNames = Names(options),
            Shape = decoder.Shape,
            TrainCount = 0,
            TestCount = 0,
            Licence = "The user's own",
            Citation = "The user's own",
            HowToGet = "Put the images into train/CLASS/ and test/CLASS/ (or val/CLASS/) of that folder.",
        };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => ListingFingerprint.Of(Folder(data), [.. Files(Split.Train, data), .. Files(Split.Test, data)]);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data)
    {
        var files = Files(split, data);
        ImageDecoder.Prepare();
        return new ImagesInFiles(files, decoder);
    }

    private static IReadOnlyList<string> Names(ImageFolderOptions options)
    {
        if (options is { Classes: not null, ClassCount: not null }) throw new PluginOptionException("classCount", "classCount and classes exclude each other: give one of them.");
        if (options.Classes is not { } names)
        {
            return options.ClassCount is { } count
                ? [.. Enumerable.Range(0, count).Select(label => label.ToString(CultureInfo.InvariantCulture))]
                : throw new PluginOptionException("classCount", "classCount is missing: say how many class folders there are, or name those used with classes: [cat, dog].");
        }
        if (names.Count < 2) throw new PluginOptionException("classes", $"classes names {names.Count}, and at least two are needed.");
        if (names.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice }) throw new PluginOptionException("classes", $"classes names '{twice}' more than once.");
        if (names.FirstOrDefault(name => name is "" or "." or ".." || name.Contains('/')) is { } wrong) throw new PluginOptionException("classes", $"classes names '{wrong}', which is no folder's name.");
        return [.. names.Order(StringComparer.Ordinal)];
    }

    private IReadOnlyList<ImageFile> Files(Split split, DataRoot data)
    {
        var folder = Folder(data);
        var (train, test) = (TrainFolder(folder), TestFolder(folder));
        var present = ClassFolders.Names(train);
        RequireSame(train, present, test, ClassFolders.Names(test));
        if (options.ClassCount > present.Count)
            throw new DatasetException(train, $"classCount is {options.ClassCount}, and '{train}' has {present.Count} class folders: say classCount: {present.Count}.");
        IReadOnlyList<string> classes = options.Classes is null ? [.. present.Take(Card.ClassNames.Count)] : Card.ClassNames;
        return ClassFolders.Images(split == Split.Train ? train : test, classes, Extensions);
    }

    private static void RequireSame(string train, IReadOnlyList<string> inTrain, string test, IReadOnlyList<string> inTest)
    {
        if (inTrain.Except(inTest).FirstOrDefault() is { } untested) throw new DatasetException(test, $"Class '{untested}' is in '{train}' and not in '{test}': both need the same class folders.");
        if (inTest.Except(inTrain).FirstOrDefault() is { } untrained) throw new DatasetException(train, $"Class '{untrained}' is in '{test}' and not in '{train}': both need the same class folders.");
    }

    private string Folder(DataRoot data)
    {
        if (!Path.IsPathRooted(options.Path) && data.Folder is null)
            throw new DatasetException("", $"path: '{options.Path}' is relative to the data folder: say where that is with --data DIR or HARNESS_DATA=DIR, or give an absolute path.");
        var folder = Path.Combine(data.Folder ?? "", options.Path);
        return Directory.Exists(folder) ? folder : throw new DatasetException(folder, $"Folder '{folder}' of image-folder does not exist. {Card.HowToGet}");
    }

    private string TrainFolder(string folder) => Existing(folder, "train");

    private string TestFolder(string folder) => Directory.Exists(Path.Combine(folder, "test")) ? Path.Combine(folder, "test") : Existing(folder, "val");

    private string Existing(string folder, string part)
    {
        var path = Path.Combine(folder, part);
        return Directory.Exists(path) ? path : throw new DatasetException(path, $"Folder '{folder}' has no {(part == "val" ? "test or val" : part)}. {Card.HowToGet}");
    }
}
