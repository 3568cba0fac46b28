namespace Harness.Tests.Datasets;

/// <summary>A data set in memory: image i has label i mod C and noise of its own; the test split is half as large.</summary>
internal sealed class SmallSet(string[] classes, ImageShape shape, int count) : IDataset
{
    public DatasetCard Card { get; init; } = new()
    {
        Title = "Small",
        ClassNames = classes,
        Shape = shape,
        TrainCount = count,
        TestCount = count / 2,
        Standardisation = new([0.25], [0.5]),
        Licence = "none",
        Citation = "none",
    };

    public string Fingerprint(DataRoot data) => "small";

    public byte[] Image(int index)
    {
        var random = new SeededRandom((ulong)index);
        return [.. Enumerable.Range(0, shape.Bytes).Select(_ => (byte)random.Next(256))];
    }

    public ImageSource Open(Split split, DataRoot data)
    {
        var number = split == Split.Train ? count : count / 2;
        return new ImagesInMemory(shape, Enumerable.Range(0, number).SelectMany(Image).ToArray(), [.. Enumerable.Range(0, number).Select(i => i % classes.Length)]);
    }
}
