using System.Globalization;

namespace Harness.Datasets.Arrays;

/// <summary>A data set of one's own: arrays of images and labels that Python wrote.</summary>
[Plugin("arrays", Summary = "Images and labels of one's own in NumPy's .npy or .npz, or in .safetensors: uint8, or floats in [0,1].")]
public sealed class ArraysDataset : IDataset
{
    private readonly ArraysOptions options;

    /// <summary>Touches no file.</summary>
    /// <param name="options">Which files, and what they must hold.</param>
    /// <exception cref="PluginOptionException">Labels are missing, or given twice over.</exception>
    public ArraysDataset(ArraysOptions options)
    {
        this.options = options;
        CheckLabels("train", options.Train, options.TrainLabels);
        CheckLabels("test", options.Test, options.TestLabels);
        Card = new()
        {
            Title = Path.GetFileNameWithoutExtension(options.Train),
            ClassNames = [.. Enumerable.Range(0, options.ClassCount).Select(label => label.ToString(CultureInfo.InvariantCulture))],
            Shape = new(options.Channels, options.Height, options.Width),
            TrainCount = 0,
            TestCount = 0,
            Licence = "The user's own",
            Citation = "The user's own",
            HowToGet = "Write it with numpy.savez(path, images=images, labels=labels).",
        };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => FileFingerprint.Of(
        new[] { options.Train, options.TrainLabels, options.Test, options.TestLabels }.OfType<string>().Select(path => Locate(path, data)));

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data)
    {
        var (images, labels) = split == Split.Train ? (options.Train, options.TrainLabels) : (options.Test, options.TestLabels);
        var imagesPath = Locate(images, data);
        var labelsPath = Locate(labels ?? images, data);
        var array = ArrayFile.Read(imagesPath, options.Images);
        var pixels = ImageArray.Pixels(array, Card.Shape, options.Layout, imagesPath);
        return new ImagesInMemory(Card.Shape, pixels, LabelArray.Labels(ArrayFile.Read(labelsPath, options.Labels), array.Shape[0], options.ClassCount, labelsPath));
    }

    private static void CheckLabels(string split, string images, string? labels)
    {
        var option = split + "Labels";
        if (ArrayFile.IsSingle(images) && labels is null) throw new PluginOptionException(option, $"{option} is missing: '{images}' holds the images only, so name the .npy file of their labels.");
        if (!ArrayFile.IsSingle(images) && labels is not null) throw new PluginOptionException(option, $"{option} is only for .npy files: '{images}' holds the labels too.");
    }

    private string Locate(string path, DataRoot data)
    {
        if (!Path.IsPathRooted(path) && data.Folder is null)
            throw new DatasetException("", $"'{path}' is relative to the data folder: say where that is with --data DIR or HARNESS_DATA=DIR, or give an absolute path.");
        var full = Path.Combine(data.Folder ?? "", path);
        return File.Exists(full) ? full : throw new DatasetException(full, $"'{full}' does not exist. {Card.HowToGet}");
    }
}
