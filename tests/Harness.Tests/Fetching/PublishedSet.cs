using Harness.Fetching;

namespace Harness.Tests.Fetching;

/// <summary>A data set whose card names the files of a test. Opens where its folder holds "train" and "test", a byte an image.</summary>
internal sealed class PublishedSet : IDataset
{
    public required DatasetCard Card { get; init; }

    public static InstalledDataset Of(IReadOnlyList<DatasetFile> files, string howToGet = "", int count = 4) => new("set", new PublishedSet
    {
        Card = new()
        {
            Title = "The set",
            ClassNames = ["only"],
            Shape = new(1, 1, 1),
            TrainCount = count,
            TestCount = count,
            Licence = "free",
            Citation = "nobody",
            Files = files,
            HowToGet = howToGet,
        },
    });

    public string Fingerprint(DataRoot data) => "";

    public ImageSource Open(Split split, DataRoot data)
    {
        var path = Path.Combine(data.FolderOf("set", Card), split == Split.Train ? "train" : "test");
        if (!File.Exists(path)) throw new DatasetException(path, $"'{path}' is not there.");
        var pixels = File.ReadAllBytes(path);
        return pixels.Length == 0 ? throw new InvalidOperationException("no pixels at all") : new ImagesInMemory(Card.Shape, pixels, new int[pixels.Length]);
    }
}
