namespace Harness.Datasets.Mnist;

/// <summary>A data set of four IDX files named as MNIST's are: images and labels of the training and the test split.</summary>
/// <param name="name">The sub-folder of the data folder: the plugin's name.</param>
/// <param name="card">What the files must hold: shape, counts and number of classes.</param>
internal sealed class IdxDataset(string name, DatasetCard card)
{
    /// <summary>Changes with any byte of the four files as they lie.</summary>
    public string Fingerprint(DataRoot data)
    {
        var folder = data.FolderOf(name, card);
        return FileFingerprint.Of(Enum.GetValues<Split>().SelectMany(split => new[] { Images(folder, split), Labels(folder, split) }));
    }

    /// <summary>Reads and checks both files of a split.</summary>
    public ImageSource Open(Split split, DataRoot data)
    {
        var folder = data.FolderOf(name, card);
        var imagesPath = Images(folder, split);
        var labelsPath = Labels(folder, split);
        var count = split == Split.Train ? card.TrainCount : card.TestCount;

        var labels = IdxFile.Read(labelsPath, [count], "labels");
        var last = card.ClassNames.Count - 1;
        for (var i = 0; i < count; i++)
        {
            if (labels[i] > last) throw new DatasetException(labelsPath, $"'{labelsPath}' gives image {i} the label {labels[i]}, but the labels of {card.Title} are 0 to {last}.");
        }
        var pixels = IdxFile.Read(imagesPath, [count, card.Shape.Height, card.Shape.Width], "images");
        return new ImagesInMemory(card.Shape, pixels, Array.ConvertAll(labels, label => (int)label));
    }

    private string Images(string folder, Split split) => Find(folder, Stem(split) + "-images", "idx3-ubyte");

    private string Labels(string folder, Split split) => Find(folder, Stem(split) + "-labels", "idx1-ubyte");

    private static string Stem(Split split) => split == Split.Train ? "train" : "t10k";

    // Plain before gzip: who unzipped them wants them used. Some tools unzip "train-images-idx3-ubyte.gz" to a name with a dot.
    private string Find(string folder, string stem, string kind)
    {
        string[] names = [$"{stem}-{kind}", $"{stem}.{kind}", $"{stem}-{kind}.gz", $"{stem}.{kind}.gz"];
        return names.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) ?? throw new DatasetException(
            folder,
            $"Folder '{folder}' of {card.Title} holds none of {string.Join(", ", names[..^1])} and {names[^1]}. {card.HowToGet}");
    }
}
