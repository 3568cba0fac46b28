using Harness.Measuring;
using Testing;
using Testing.Networks;
using static TorchSharp.torch;

namespace Harness.Tests.Measuring;

public sealed class FeatureRoomTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void FeaturesInAFileAreThoseInMemoryToTheBit()
    {
        using var scope = NewDisposeScope();
        using var memory = Pass(FeatureRoom.OnDevice);
        using var file = Pass(new(scratch["features"], DeviceBytes: 0));

        Assert.Equal((memory.Count, memory.Dimension, memory.Classes, memory.Errors), (file.Count, file.Dimension, file.Classes, file.Errors));
        Assert.Equal(Batches(memory), Batches(file));
        Assert.Equal(memory.Statistics.Means.data<double>().ToArray(), file.Statistics.Means.data<double>().ToArray());
    }

    [Fact]
    public void TheFileHasNoNameSoThatNothingIsLeftOfAProcessThatIsKilled()
    {
        using var scope = NewDisposeScope();
        using var set = Pass(new(scratch["features"], DeviceBytes: 0));
        Assert.True(Directory.Exists(scratch["features"]));
        Assert.Empty(Directory.GetFileSystemEntries(scratch["features"]));
        Assert.Equal(600, set.Count);
    }

    [Fact]
    public void WhatFitsStaysOnTheDevice()
    {
        using var scope = NewDisposeScope();
        using var set = Pass(new(scratch["features"], DeviceBytes: 600 * (12 + 5) * 4));
        Assert.False(Directory.Exists(scratch["features"]));
    }

    [Fact]
    public void WhereNeitherDeviceNorDiskHasRoomASentenceSaysSo()
    {
        using var scope = NewDisposeScope();
        var file = scratch.Write("", "not a folder");
        var error = Assert.Throws<IOException>(() => Pass(new(file, DeviceBytes: 0)));
        Assert.StartsWith($"0.0 GB of features are more than the device has room for, and cannot be kept in '{file}': ", error.Message);
    }

    [Fact]
    public void SumsByAProductAreThoseOfTheWalk()
    {
        using var scope = NewDisposeScope();
        using var store = new ResidentFeatures(new Seed(4).Uniform(-1, 1, 5000, 300), zeros(5000, 7));
        var labels = tensor(Enumerable.Range(0, 5000).Select(i => (long)(i % 13 % 7)).ToArray());
        var statistics = ClassMeans.Of(store, labels);
        var sums = statistics.Means.mul(tensor(statistics.Counts.ToArray(), ScalarType.Float64).unsqueeze(1));
        Assert.True(ClassMeans.OnDevice(store, labels).sub(sums).abs().max().item<double>() < 1e-10);
    }

    private static List<float[]> Batches(CollectedFeatures set)
    {
        var all = new List<float[]>();
        set.ForEach(batch => all.Add([.. batch.Features.contiguous().data<float>(), .. batch.Logits.contiguous().data<float>(), .. batch.Labels.data<long>().Select(l => (float)l)]));
        return all;
    }

    // More images than one batch of the pass holds.
    private static CollectedFeatures Pass(FeatureRoom room)
    {
        var seed = new Seed(9);
        var images = new TensorImages(seed.Derive("pixels").Uniform(0, 1, 600, 1, 6, 6), [.. Enumerable.Range(0, 600).Select(i => i % 5)]);
        var network = new TestNetwork(new ConvClassifier(seed, channels: 1, classes: 5), new Dictionary<Split, ImageSet> { [Split.Train] = images });
        return new FeaturePass(network, CPU, room, default).Run(Split.Train);
    }
}
