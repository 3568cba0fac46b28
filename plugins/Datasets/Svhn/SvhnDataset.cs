namespace Harness.Datasets.Svhn;

/// <summary>SVHN: digits of house numbers, cropped to 32x32, from the two MATLAB files its authors publish. The "extra" images are not used.</summary>
[Plugin("svhn", Summary = "Digits of house numbers, 32x32 colour: Netzer, Wang, Coates, Bissacco, Wu, Ng. Reads train_32x32.mat and test_32x32.mat.")]
public sealed class SvhnDataset : IDataset
{
    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "SVHN",
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Shape = CroppedDigits.Shape,
        TrainCount = 73_257,
        TestCount = 26_032,
        Licence = "Non-commercial use only",
        Citation = "Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Ng: Reading digits in natural images with unsupervised feature learning. "
            + "NIPS Workshop on Deep Learning and Unsupervised Feature Learning, 2011",
        Files =
        [
            new("train_32x32.mat", 182_040_794, "md5:e26dedcc434d2e4c54c9b2d4a06d8373", ["http://ufldl.stanford.edu/housenumbers/train_32x32.mat"]),
            new("test_32x32.mat", 64_275_384, "md5:eb5a983be6a315427106f1b164d9cef3", ["http://ufldl.stanford.edu/housenumbers/test_32x32.mat"]),
        ],
        HowToGet = "Download train_32x32.mat and test_32x32.mat from http://ufldl.stanford.edu/housenumbers/ into the folder svhn of the data folder.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => FileFingerprint.Of(Enum.GetValues<Split>().Select(split => Find(split, data)));

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) =>
        CroppedDigits.Read(Find(split, data), split == Split.Train ? Card.TrainCount : Card.TestCount);

    private string Find(Split split, DataRoot data)
    {
        var folder = data.FolderOf("svhn", Card);
        var name = split == Split.Train ? "train_32x32.mat" : "test_32x32.mat";
        var path = Path.Combine(folder, name);
        return File.Exists(path) ? path : throw new DatasetException(folder, $"Folder '{folder}' of {Card.Title} holds no {name}. {Card.HowToGet}");
    }
}
