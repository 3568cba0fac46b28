using Harness.Images;
using Harness.Manifests;
using Testing;

namespace Harness.Tests.Images;

/// <summary>A data set with files, in a data folder of its own, that counts how often it is opened: 40 images of 2 x 3 x 5 in four classes, a function of split and place.</summary>
internal sealed class Patterns : IDataset, IDisposable
{
    public const int Count = 40;

    private readonly ScratchFolder scratch = new();
    private int opened;

    public string DataFolder => scratch.Path;

    /// <summary>How often a split was opened.</summary>
    public int Opened => opened;

    /// <summary>What is said of the files' content.</summary>
    public string Content { get; set; } = "patterns";

    /// <summary>Called with each image that is decoded.</summary>
    public Action<int> OnRead { get; set; } = _ => { };

    public DatasetCard Card { get; } = new()
    {
        Title = "Patterns",
        ClassNames = ["a", "b", "c", "d"],
        Shape = new(2, 3, 5),
        TrainCount = Count,
        TestCount = Count,
        Licence = "none",
        Citation = "none",
        HowToGet = "It is there.",
    };

    public string Fingerprint(DataRoot data) => Content;

    public ImageSource Open(Split split, DataRoot data)
    {
        Interlocked.Increment(ref opened);
        return new Source(split, this);
    }

    /// <summary>A loader as a cell's process has it.</summary>
    public ImageLoader Loader(SubsampleOptions? subsample = null, Action<string>? log = null, string hash = "built") =>
        new(this, new() { Label = "p", Plugin = "patterns", Options = [], Subsample = subsample ?? new() }, hash, new(DataFolder), log ?? Assert.Fail);

    /// <summary>Every cache file there is.</summary>
    public string[] CacheFiles() => Directory.Exists(Path.Combine(DataFolder, ".cache")) ? Directory.GetFiles(Path.Combine(DataFolder, ".cache"), "*.images", SearchOption.AllDirectories) : [];

    public void Dispose() => scratch.Dispose();

    private sealed class Source(Split split, Patterns set) : ImageSource
    {
        public override ImageShape Shape => set.Card.Shape;

        public override IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, Count).Select(i => (i + (int)split) % 4)];

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
        {
            foreach (var (place, image) in indices.ToArray().Index())
            {
                set.OnRead(image);
                for (var i = 0; i < Shape.Bytes; i++) pixels[place * Shape.Bytes + i] = (byte)(image * 7 + i * (image + 3) + (int)split);
            }
        }
    }
}
