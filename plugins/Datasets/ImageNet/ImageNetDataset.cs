using Harness.Datasets.Decoding;

namespace Harness.Datasets.ImageNet;

/// <summary>ImageNet: the ILSVRC2012 classification task, from the folder tree of JPEGs that the field keeps it as.</summary>
[Plugin("imagenet", Summary = "ILSVRC2012: 1000 classes of photographs. Reads the folder tree of JPEGs; resizes and crops as the field evaluates.")]
public sealed class ImageNetDataset : IDataset
{
    private readonly IReadOnlyList<string> classes;
    private readonly ImageDecoder decoder;

    /// <summary>Touches no file.</summary>
    /// <param name="options">Which classes, and the size of the images.</param>
    /// <exception cref="PluginOptionException">The classes are not ImageNet's.</exception>
    public ImageNetDataset(ImageNetOptions options)
    {
        decoder = new(CropGeometry.Evaluation(options.ImageSize), channels: 3);
        IReadOnlyList<Synset> used = options.Classes is { } some ? [.. some.Choose([.. Synset.All.Select(synset => synset.Id)]).Select(label => Synset.All[label])] : Synset.All;
        classes = [.. used.Select(synset => synset.Id)];
        Card = new()
        {
            Title = "ImageNet",
            ClassNames = [.. used.Select(synset => $"{synset.Id} {synset.Word}")],
            Shape = decoder.Shape,
            // The classes have 732 to 1300 training images each, and 50 validation images.
            TrainCount = used.Count == Synset.All.Count ? 1_281_167 : 0,
            TestCount = used.Count * 50,
            Standardisation = new([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
            Licence = "Non-commercial research and education only; the photographs belong to their owners (terms at https://image-net.org/download)",
            Citation = "O. Russakovsky, J. Deng, H. Su, et al.: ImageNet Large Scale Visual Recognition Challenge. International Journal of Computer Vision 115, 2015",
            HowToGet = "ImageNet is given only to those who accept its terms, at https://image-net.org: unpack ILSVRC2012_img_train.tar (and each archive in it, into a folder of its name) into "
                + "imagenet/train of the data folder and ILSVRC2012_img_val.tar into imagenet/val, in class folders, or flat with a file of labels or ILSVRC2012_devkit_t12.tar.gz unpacked into imagenet.",
        };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data)
    {
        var folder = data.FolderOf("imagenet", Card);
        var files = new ImageNetFiles(folder, classes, Card);
        return ListingFingerprint.Of(folder, [.. files.Of(Split.Train), .. files.Of(Split.Test)]);
    }

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data)
    {
        var files = new ImageNetFiles(data.FolderOf("imagenet", Card), classes, Card).Of(split);
        ImageDecoder.Prepare();
        return new ImagesInFiles(files, decoder);
    }
}
