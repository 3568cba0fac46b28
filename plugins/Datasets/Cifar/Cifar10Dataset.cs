namespace Harness.Datasets.Cifar;

/// <summary>CIFAR10: small colour photographs of ten kinds of things, from the binary version its authors publish.</summary>
[Plugin("cifar10", Summary = "Colour photographs of ten kinds of things, 32x32: Krizhevsky. Reads the binary version, unpacked or from its tar.gz.")]
public sealed class Cifar10Dataset : IDataset
{
    /// <summary>Records of 3073 bytes: a label and the pixels.</summary>
    internal static readonly CifarLayout Layout = new()
    {
        Archive = "cifar-10-binary.tar.gz",
        Folder = "cifar-10-batches-bin",
        Labels = [new("label", 10)],
        TrainFiles = ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"],
        TestFiles = ["test_batch.bin"],
    };

    private readonly CifarDataset files;

    /// <summary>Touches no file.</summary>
    public Cifar10Dataset() => files = new("cifar10", Card, Layout);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "CIFAR10",
        ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        Shape = new(3, 32, 32),
        TrainCount = 50_000,
        TestCount = 10_000,
        Standardisation = new([125.3 / 255, 123.0 / 255, 113.9 / 255], [63.0 / 255, 62.1 / 255, 66.7 / 255]),
        Licence = "None stated; who uses it is asked to cite Krizhevsky 2009",
        Citation = "A. Krizhevsky: Learning multiple layers of features from tiny images. Technical report, University of Toronto, 2009",
        Files =
        [
            new(Layout.Archive, 170_052_171, "md5:c32a1d4ab5d03f1284b67883e8d87530",
                ["https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz", "https://cave.cs.toronto.edu/kriz/cifar-10-binary.tar.gz"]),
        ],
        HowToGet = "Download the binary version, cifar-10-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html into the folder cifar10 of the data "
            + "folder, as it is or unpacked; the Python and Matlab versions hold the same images and are not read.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => files.Fingerprint(data);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => files.Open(split, data);
}
