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
        byte[] pixels = [], labels = [];
        In(data).Read([$"{stem}_X.bin", $"{stem}_y.bin"], (which, file) =>
        {
            if (which == 0) pixels = Whole(file, checked(count * card.Shape.Bytes));
            else labels = Labels(file, count);
        });
        ColumnMajor.ToRowMajor(pixels, card.Shape.Height);
        return new ImagesInMemory(card.Shape, pixels, Array.ConvertAll(labels, label => label - 1));
    }

    private byte[] Labels(PackedFile file, int count)
    {
        var labels = Whole(file, count);
        var classes = card.ClassNames.Count;
        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)1, (byte)classes);
        return wrong < 0 ? labels : throw new DatasetException(
            file.Path,
            $"{file.Subject} gives image {wrong} the label {labels[wrong]}, but the labels of {card.Title} are 1 to {classes}.");
    }

    private byte[] Whole(PackedFile file, int due)
    {
        if (file.Length != due) throw new DatasetException(file.Path, $"{file.Subject} has {file.Length:N0} bytes, where this file of {card.Title} has {due:N0}.");
        var content = GC.AllocateUninitializedArray<byte>(due);
        file.Read(content);
        return content;
    }

    private PackedFiles In(DataRoot data) =>
        new(data.FolderOf(name, card), card, Archive, "stl10_binary", ["train_X.bin", "train_y.bin", "test_X.bin", "test_y.bin"]);
}
