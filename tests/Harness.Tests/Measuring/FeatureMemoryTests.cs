using System.Globalization;
using Harness.Measuring;
using Testing;
using Testing.Networks;
using static TorchSharp.torch;

namespace Harness.Tests.Measuring;

/// <summary>How much memory a large set takes from its first image to the last of its statistics. Reads that of the whole process, so it runs alone.</summary>
[Collection(nameof(FeatureMemoryTests))]
[CollectionDefinition(nameof(FeatureMemoryTests), DisableParallelization = true)]
public sealed class FeatureMemoryTests : IDisposable
{
    private const int Count = 60_000, Dimension = 512, Classes = 50;
    private const double Bytes = Count * (Dimension + Classes) * 4.0;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void FeaturesInAFileTakeTheMemoryOfBatchesAndMeans()
    {
        // The first walk brings libtorch's own buffers, which are no set's.
        _ = Growth(FeatureRoom.OnDevice, count: 2000);
        Assert.InRange(Growth(new(scratch.Path, DeviceBytes: 0), Count), 0, 0.3 * Bytes);
        Assert.InRange(Growth(FeatureRoom.OnDevice, Count), 0.8 * Bytes, 1.5 * Bytes);
    }

    private static double Growth(FeatureRoom room, int count)
    {
        using var scope = NewDisposeScope();
        var images = new DrawnImages(count);
        var network = new TestNetwork(new LinearClassifier(new Seed(1).Uniform(-1, 1, Classes, Dimension), zeros(Classes)), new Dictionary<Split, ImageSet> { [Split.Train] = images });
        GC.Collect();
        var before = images.Peak = Anonymous();
        using var set = new FeaturePass(network, CPU, room, default).Run(Split.Train);
        _ = set.Errors;
        _ = set.Statistics;
        set.ForEach(batch =>
        {
            using var wide = batch.Features.to(ScalarType.Float64);
            images.Peak = Math.Max(images.Peak, Anonymous());
        });
        return images.Peak - before;
    }

    // What is backed by no file, in bytes: tensors, not the pages of the file that the system keeps as long as nobody else wants the memory.
    private static double Anonymous()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return 1024 * double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Images that are nowhere before they are asked for.</summary>
    private sealed class DrawnImages(int count) : ImageSet
    {
        public double Peak { get; set; }

        public override int Count => count;

        public override ImageShape Shape { get; } = new(1, 16, Dimension / 16);

        public override IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, count).Select(i => i % Classes)];

        public override Tensor Pixels(ReadOnlySpan<int> indices)
        {
            Peak = Math.Max(Peak, Anonymous());
            return full([indices.Length, 1, 16, Dimension / 16], 0.5f + indices[0], ScalarType.Float32);
        }
    }
}
