namespace Harness.Datasets.Mnist;

/// <summary>Fashion-MNIST: photographs of clothing, from the four IDX files its authors publish.</summary>
[Plugin("fashion-mnist", Summary = "Photographs of clothing, 28x28 grey: Xiao, Rasul, Vollgraf. Reads the original IDX files, gzip or plain.")]
public sealed class FashionMnistDataset : IDataset
{
    private readonly IdxDataset files;

    /// <summary>Touches no file.</summary>
    public FashionMnistDataset() => files = new("fashion-mnist", Card);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "FashionMNIST",
        ClassNames = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        Shape = new(1, 28, 28),
        TrainCount = 60_000,
        TestCount = 10_000,
        Licence = "MIT",
        Citation = "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747, 2017",
        Files =
        [
            Published("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            Published("train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
            Published("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
            Published("t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310"),
        ],
        HowToGet = "Download train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz, t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz from "
            + "https://github.com/zalandoresearch/fashion-mnist (data/fashion) into the folder fashion-mnist of the data folder, as they are or unzipped.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => files.Fingerprint(data);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => files.Open(split, data);

    private static DatasetFile Published(string file, long length, string md5) => new(file, length, "md5:" + md5,
    [
        "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/" + file,
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/" + file,
    ]);
}
