namespace Harness.Datasets.Stl10;

/// <summary>STL-10: small photographs of animals and vehicles; its labelled images, from the binary files its authors publish.</summary>
[Plugin("stl10", Summary = "Photographs of animals and vehicles, 96x96 colour: Coates, Ng, Lee. Reads the binary files, unpacked or from stl10_binary.tar.gz.")]
public sealed class Stl10Dataset : IDataset
{
    private readonly Stl10Files files;

    /// <summary>Touches no file.</summary>
    public Stl10Dataset() => files = new("stl10", Card);

    /// <inheritdoc/>
    public DatasetCard Card { get; } = new()
    {
        Title = "STL10",
        ClassNames = ["airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck"],
        Shape = new(3, 96, 96),
        TrainCount = 5_000,
        TestCount = 8_000,
        Licence = "Images from labelled examples of ImageNet, whose terms hold: non-commercial research",
        Citation = "A. Coates, A. Ng, H. Lee: An analysis of single-layer networks in unsupervised feature learning. AISTATS, 2011",
        Files =
        [
            new(
                Stl10Files.Archive,
                2_640_397_119,
                "md5:91f7769df0f17e558f3565bffb0c7dfb",
                ["http://ai.stanford.edu/~acoates/stl10/stl10_binary.tar.gz", "https://cs.stanford.edu/~acoates/stl10/stl10_binary.tar.gz"]),
        ],
        HowToGet = "Download stl10_binary.tar.gz from http://ai.stanford.edu/~acoates/stl10/ into the folder stl10 of the data folder, as it is or unpacked.",
    };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => files.Fingerprint(data);

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => files.Open(split, data);
}
