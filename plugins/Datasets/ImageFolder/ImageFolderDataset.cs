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
    public ImageFolderDataset(ImageFolderOptions options)
    {
        this.options = options;
        decoder = new(CropGeometry.Whole(options.ImageSize), options.Channels);
        Card = new()
        {
            Title = Path.GetFileName(options.Path.TrimEnd('/')) is { Length: > 0 } name ? name : "Image folder",
            ClassNames = options.Classes.Names ?? [.. Enumerable.Range(0, options.Classes.Number).Select(label => label.ToString(CultureInfo.InvariantCulture))],
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

    private IReadOnlyList<ImageFile> Files(Split split, DataRoot data)
    {
        var folder = Folder(data);
        var (train, test) = (TrainFolder(folder), TestFolder(folder));
        var present = ClassFolders.Names(train);
        RequireSame(train, present, test, ClassFolders.Names(test));
        return ClassFolders.Images(split == Split.Train ? train : test, Chosen(present, train), Extensions);
    }

    private IReadOnlyList<string> Chosen(IReadOnlyList<string> present, string train)
    {
        try
        {
            return [.. options.Classes.Choose(present).Select(label => present[label])];
        }
        catch (PluginOptionException e)
        {
            throw new DatasetException(train, $"{e.Message} The class folders of '{train}' are {present.Count}: {string.Join(", ", present.Take(100))}.", e);
        }
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
