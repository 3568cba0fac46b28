using System.Security.Cryptography;
using CsCheck;
using Harness.Images;
using Harness.Manifests;
using Testing;
using static TorchSharp.torch;

namespace Harness.Tests.Images;

// Counts what the whole process allocates: nothing may run beside it.
[CollectionDefinition(nameof(ImageCacheTests), DisableParallelization = true)]
[Collection(nameof(ImageCacheTests))]
public sealed class ImageCacheTests : IDisposable
{
    private readonly Patterns set = new();

    public void Dispose() => set.Dispose();

    [Theory]
    [InlineData(Split.Train)]
    [InlineData(Split.Test)]
    public void ASetIsDecodedOnce(Split split)
    {
        var first = Load(set.Loader(new() { TrainPerClass = 3, PadTo = 8 }), split);
        Assert.Equal(1, set.Opened);
        var second = Load(set.Loader(new() { TrainPerClass = 3, PadTo = 8 }), split);
        Assert.Equal(1, set.Opened);
        Assert.Equal(first, second);
        Assert.Equal(split == Split.Train ? 12 : Patterns.Count, set.Loader(new() { TrainPerClass = 3 }).Check(split));
        Assert.Equal(1, set.Opened);
    }

    [Fact]
    public void WhatIsCachedIsWhatIsDecoded()
    {
        var decoded = Load(new ImageLoader(set, Use(new() { TrainPerClass = 5 }), "", new(Unwritable()), _ => { }));
        Assert.Empty(set.CacheFiles());
        Load(set.Loader(new() { TrainPerClass = 5 }));
        Assert.Equal(decoded, Load(set.Loader(new() { TrainPerClass = 5 })));
    }

    [Fact]
    public void WhateverCouldChangeAByteHasACacheOfItsOwn()
    {
        var use = Use(new() { TrainPerClass = 5, TestPerClass = 4 });
        (DatasetUse Use, Split Split, string Hash, string Fingerprint)[] others =
        [
            (use, Split.Test, "h", "f"),
            (use, Split.Train, "rebuilt", "f"),
            (use, Split.Train, "h", "other pixels"),
            (use, Split.Train, "hf", ""),
            (use with { Plugin = "stripes" }, Split.Train, "h", "f"),
            (use with { Options = new() { ["imageSize"] = 8 } }, Split.Train, "h", "f"),
            (use with { Subsample = use.Subsample with { TrainPerClass = 6 } }, Split.Train, "h", "f"),
            (use with { Subsample = use.Subsample with { TrainPerClass = null } }, Split.Train, "h", "f"),
            (use with { Subsample = use.Subsample with { SubsampleSeed = 1 } }, Split.Train, "h", "f"),
        ];
        Assert.Equal(others.Length + 1, others.Append((use, Split.Train, "h", "f")).Select(o => Path(o.Item1, o.Item2, o.Item3, o.Item4)).Distinct().Count());

        var path = Path(use, Split.Train, "h", "f");
        Assert.Equal(path, Path(use with { Label = "another" }, Split.Train, "h", "f"));
        Assert.Equal(path, Path(use with { Subsample = use.Subsample with { PadTo = 32 } }, Split.Train, "h", "f"));
        Assert.Equal(path, Path(use with { Subsample = use.Subsample with { TestPerClass = null } }, Split.Train, "h", "f"));

        static string Path(DatasetUse use, Split split, string hash, string fingerprint) => CacheKey.Of(use, split, hash, fingerprint).Path;
    }

    [Fact]
    public void AChangedSetIsDecodedAnewAndLeavesNothingOld()
    {
        Load(set.Loader());
        var old = Assert.Single(set.CacheFiles());
        var torn = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(old)!, ".x.images.1-1.tmp");
        File.WriteAllText(torn, "what a crash left");
        set.Content = "other pixels";
        Load(set.Loader());
        Assert.Equal(2, set.Opened);
        Assert.NotEqual(old, Assert.Single(set.CacheFiles()));
        Assert.False(File.Exists(torn));
        // Another use of the same set stays.
        Load(set.Loader(new() { TrainPerClass = 2 }));
        Assert.Equal(2, set.CacheFiles().Length);
    }

    [Fact]
    public void ADamagedCacheIsToldAndMadeAnew()
    {
        var right = Load(set.Loader());
        var whole = File.ReadAllBytes(Assert.Single(set.CacheFiles()));
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, whole.Length - 1], Gen.Byte[1, 255]).Sample((how, at, change) =>
        {
            var file = Assert.Single(set.CacheFiles());
            var bytes = how switch
            {
                0 => whole[..at],
                1 => [.. whole, .. new byte[change]],
                _ => whole.Select((b, i) => i == at ? (byte)(b ^ change) : b).ToArray(),
            };
            File.WriteAllBytes(file, bytes);
            var said = new List<string>();
            Assert.Equal(right, Load(set.Loader(log: said.Add)));
            Assert.Contains("a copy of decoded images", Assert.Single(said));
            Assert.Equal(whole, File.ReadAllBytes(Assert.Single(set.CacheFiles())));
        }, iter: 40, threads: 1);
    }

    [Fact]
    public void DamageFoundWhileStreamingIsToldAndTheNextLoadIsRight()
    {
        var right = Load(set.Loader());
        var file = Assert.Single(set.CacheFiles());
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        using (var images = set.Loader().Load(Split.Train, CPU, ImagePlacement.Streamed, CancellationToken.None, out _))
        {
            var error = Assert.Throws<DamagedCacheException>(() =>
            {
                foreach (var batch in images.Batches([.. Enumerable.Range(0, images.Count).Chunk(8)])) batch.Dispose();
            });
            Assert.Contains($"image {Patterns.Count - 1} does not have its checksum", error.Message);
        }
        Assert.Empty(set.CacheFiles());
        Assert.Equal(right, Load(set.Loader()));
    }

    [Fact]
    public void WhereNothingCanBeWrittenTheImagesAreDecodedAndOneLineSaysSo()
    {
        var said = new List<string>();
        var loader = new ImageLoader(set, Use(new()), "", new(Unwritable()), said.Add);
        Assert.Equal(Load(set.Loader()), Load(loader));
        Assert.StartsWith("Decoded images are not kept: ", Assert.Single(said));
    }

    [Fact]
    public void AnUnreadableImageIsTheDataSetsFaultAndLeavesNothing()
    {
        set.OnRead = image => throw new DatasetException("", $"image {image} is torn");
        Assert.Equal("image 0 is torn", Assert.Throws<DatasetException>(() => Load(set.Loader())).Message);
        Assert.All(Directory.GetFiles(set.DataFolder, "*", SearchOption.AllDirectories), file => Assert.Equal(".lock", System.IO.Path.GetFileName(file)));
    }

    [Fact]
    public void AStopLeavesNothing()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => set.Loader().Load(Split.Train, CPU, ImagePlacement.Auto, stop.Token, out _));
        Assert.Empty(set.CacheFiles());
    }

    [Fact]
    public void SeveralAtOnceDecodeOnceAndAllGetTheImages()
    {
        const int Several = 6;
        using var together = new Barrier(Several);
        var loaded = new string[Several];
        var threads = Enumerable.Range(0, Several).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            loaded[i] = Load(set.Loader(log: _ => { }));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(1, set.Opened);
        Assert.All(loaded, images => Assert.Equal(Load(set.Loader()), images));
    }

    [Fact]
    public void ASetWithoutFilesIsNotCached()
    {
        using var scratch = new ScratchFolder();
        var loader = new ImageLoader(new Drawn(set), Use(new()), "", new(scratch.Path), Assert.Fail);
        loader.Load(Split.Train, CPU, ImagePlacement.Auto, CancellationToken.None, out _).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void TheFileIsTheSameForEver()
    {
        Load(set.Loader(new() { TrainPerClass = 3 }));
        // Whoever changes how images are chosen, stored or laid out changes this, and has to count CacheKey.Generation up.
        Assert.Equal("89ccce8fed6a27cd", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Assert.Single(set.CacheFiles()))))[..16]);
    }

    [Fact]
    public void LoadingMakesNoManagedCopy()
    {
        var many = new Many();
        using var scratch = new ScratchFolder();
        ImageLoader Loader() => new(many, Use(new()), "", new(scratch.Path), Assert.Fail);
        Loader().Load(Split.Train, CPU, ImagePlacement.Auto, CancellationToken.None, out _).Dispose();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Loader().Load(Split.Train, CPU, ImagePlacement.Auto, CancellationToken.None, out _).Dispose();
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, Many.Bytes / 4);
    }

    // Nothing can be made in /proc, whoever asks.
    private static string Unwritable() => "/proc/self";

    private static DatasetUse Use(SubsampleOptions subsample) => new() { Label = "p", Plugin = "patterns", Options = [], Subsample = subsample };

    /// <summary>All there is to a loaded split, as a text.</summary>
    private static string Load(ImageLoader loader, Split split = Split.Train)
    {
        using var images = loader.Load(split, CPU, ImagePlacement.Resident, CancellationToken.None, out var constants);
        using var pixels = images.Pixels([.. Enumerable.Range(0, images.Count)]);
        return $"{images.Shape} {string.Join(',', images.Labels)} {string.Join(',', constants.Mean)} {string.Join(',', constants.Deviation)} {Convert.ToHexStringLower(SHA256.HashData(pixels.bytes))}";
    }

    private sealed class Drawn(Patterns set) : IDataset
    {
        public DatasetCard Card { get; } = set.Card with { HowToGet = "" };

        public string Fingerprint(DataRoot data) => "drawn";

        public ImageSource Open(Split split, DataRoot data) => set.Open(split, data);
    }

    private sealed class Many : IDataset
    {
        public const int Bytes = 1 << 24;

        public DatasetCard Card { get; } = new()
        {
            Title = "Many",
            ClassNames = ["0"],
            Shape = new(1, 64, 64),
            TrainCount = Bytes / 4096,
            TestCount = 1,
            Licence = "none",
            Citation = "none",
            HowToGet = "It is there.",
        };

        public string Fingerprint(DataRoot data) => "many";

        public ImageSource Open(Split split, DataRoot data) => new ImagesInMemory(Card.Shape, new byte[Bytes], new int[Card.TrainCount]);
    }
}
