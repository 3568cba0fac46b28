namespace Harness.Datasets.Mnist;

/// <summary>MNIST: handwritten digits, from the four IDX files its authors publish.</summary>
[Plugin("mnist", Summary = "Handwritten digits, 28x28 grey: LeCun, Cortes, Burges. Reads the original IDX files, gzip or plain.")]
public sealed class MnistDataset : IDataset
{
    private readonly IdxDataset files;

    /// <summary>Touches no file.</summary>
    public MnistDataset() => files = new("mnist", Card);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "MNIST",
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Shape = new(1, 28, 28),
        TrainCount = 60_000,
        TestCount = 10_000,
        Standardisation = new([0.1307], [0.3081]),
        Licence = "CC BY-SA 3.0",
        Citation = "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 1998",
        // The first author's own page has refused downloads since 2024 (HTTP 403), so mirrors are all there is.
        Files =
        [
            Published("train-images-idx3-ubyte.gz", 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
            Published("train-labels-idx1-ubyte.gz", 28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
            Published("t10k-images-idx3-ubyte.gz", 1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
            Published("t10k-labels-idx1-ubyte.gz", 4_542, "ec29112dd5afa0611ce80d1b7f02629c"),
        ],
        HowToGet = "Download train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz from "
            + "https://ossci-datasets.s3.amazonaws.com/mnist/ into the folder mnist of the data folder, as they are or unzipped.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => files.Fingerprint(data);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => files.Open(split, data);

    private static DatasetFile Published(string file, long length, string md5) =>
        new(file, length, "md5:" + md5, ["https://ossci-datasets.s3.amazonaws.com/mnist/" + file, "https://storage.googleapis.com/cvdf-datasets/mnist/" + file]);
}
