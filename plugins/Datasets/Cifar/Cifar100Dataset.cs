namespace Harness.Datasets.Cifar;

/// <summary>CIFAR100: small colour photographs of a hundred kinds of things, under their fine labels, from the binary version its authors publish.</summary>
[Plugin("cifar100", Summary = "Colour photographs of a hundred kinds of things, 32x32: Krizhevsky. Reads the binary version, unpacked or from its tar.gz; fine labels.")]
public sealed class Cifar100Dataset : IDataset
{
    /// <summary>Records of 3074 bytes: the coarse label, the fine label and the pixels.</summary>
    internal static readonly CifarLayout Layout = new()
    {
        Archive = "cifar-100-binary.tar.gz",
        Folder = "cifar-100-binary",
        Labels = [new("coarse label", 20), new("fine label", 100)],
        TrainFiles = ["train.bin"],
        TestFiles = ["test.bin"],
    };

    private readonly CifarDataset files;

    /// <summary>Touches no file.</summary>
    public Cifar100Dataset() => files = new("cifar100", Card, Layout);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "CIFAR100",
        ClassNames =
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
            "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
            "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
            "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
            "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple", "motorcycle", "mountain",
            "mouse", "mushroom", "oak", "orange", "orchid", "otter", "palm", "pear", "pickup_truck", "pine",
            "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
            "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
            "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
            "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow", "wolf", "woman", "worm",
        ],
        Shape = new(3, 32, 32),
        TrainCount = 50_000,
        TestCount = 10_000,
        Standardisation = new([129.3 / 255, 124.1 / 255, 112.4 / 255], [68.2 / 255, 65.4 / 255, 70.4 / 255]),
        Licence = "None stated; who uses it is asked to cite Krizhevsky 2009",
        Citation = "A. Krizhevsky: Learning multiple layers of features from tiny images. Technical report, University of Toronto, 2009",
        Files =
        [
            new(Layout.Archive, 168_513_733, "md5:03b5dce01913d631647c71ecec9e9cb8",
                ["https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz", "https://cave.cs.toronto.edu/kriz/cifar-100-binary.tar.gz"]),
        ],
        HowToGet = "Download the binary version, cifar-100-binary.tar.gz, from https://www.cs.toronto.edu/~kriz/cifar.html into the folder cifar100 of the data "
            + "folder, as it is or unpacked; the Python and Matlab versions hold the same images and are not read.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => files.Fingerprint(data);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => files.Open(split, data);
}
