namespace Harness.Datasets.Stl10;

/// <summary>
/// The binary files of STL-10: X.bin holds images of 3 planes (red, green, blue), each stored column by column, y.bin a label from 1 for each;
/// neither has a header.
/// </summary>
/// <param name="name">The sub-folder of the data folder: the plugin's name.</param>
/// <param name="card">What the files must hold: shape (square), counts and number of classes.</param>
internal sealed class Stl10Files(string name, DatasetCard card)
{
    /// <summary>The archive's name.</summary>
    public const string Archive = "stl10_binary.tar.gz";

    /// <summary>Changes with any byte of the four files, or of the archive where they are not unpacked.</summary>
    public string Fingerprint(DataRoot data) => FileFingerprint.Of(In(data).OnDisk());

    /// <summary>Reads and checks both files of a split.</summary>
    public ImageSource Open(Split split, DataRoot data)
    {
        var (stem, count) = split == Split.Train ? ("train", card.TrainCount) : ("test", card.TestCount);
        var files = In(data).Read(($"{stem}_X.bin", checked(count * card.Shape.Bytes)), ($"{stem}_y.bin", count));
        var (images, labels) = (files[0], files[1]);

        var classes = card.ClassNames.Count;
        var wrong = labels.Content.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)classes);
        if (wrong >= 0) throw new DatasetException(labels.Path, $"{labels.Name} gives image {wrong} the label {labels.Content[wrong]}, but the labels of {card.Title} are 1 to {classes}.");

        ColumnMajor.ToRowMajor(images.Content, card.Shape.Height);
        return new ImagesInMemory(card.Shape, images.Content, Array.ConvertAll(labels.Content, label => label - 1));
    }

    private PackedFiles In(DataRoot data) =>
        new(data.FolderOf(name, card), card, Archive, "stl10_binary", ["train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin"]);
}
