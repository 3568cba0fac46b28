using Harness.Images;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Tests.Training;

[Collection(nameof(DrawsFromLibtorch))]
public sealed class CheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("checkpoint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void BringsBackWeightsBuffersVelocityAndState()
    {
        using var scope = NewDisposeScope();
        var (network, _, sgd) = Trained(out var state);
        new Checkpoint(folder).Save(state, network.Classifier, sgd);
        var (other, _, otherSgd) = TinyCell.Make(TinyCell.Spec(3, seed: 9));
        Assert.NotEqual(TinyCell.Weights(network), TinyCell.Weights(other));

        Assert.Equal(state, new Checkpoint(folder).Restore(other.Classifier, otherSgd, (_, fault) => Assert.Fail(fault)));
        Assert.Equal(TinyCell.Weights(network), TinyCell.Weights(other));
        Assert.Equal(sgd.Velocity.data<float>().ToArray(), otherSgd.Velocity.data<float>().ToArray());
    }

    [Fact]
    public void KeepsTwoGenerations()
    {
        using var scope = NewDisposeScope();
        var (network, _, sgd) = Trained(out _);
        for (var epoch = 1; epoch <= 4; epoch++) new Checkpoint(folder).Save(new(epoch, null, null), network.Classifier, sgd);
        Assert.Equal(["epoch-000003.safetensors", "epoch-000004.safetensors"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void WhatAKillLeftHalfWrittenIsRemoved()
    {
        using var scope = NewDisposeScope();
        var (network, _, sgd) = Trained(out var state);
        File.WriteAllText(Path.Combine(folder, ".epoch-000002.safetensors.4711-1.tmp"), "half");
        new Checkpoint(folder).Save(state, network.Classifier, sgd);
        Assert.Equal(["epoch-000003.safetensors"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void TakesTheOlderWhereTheNewestIsTorn() => TakesTheOlder(bytes => bytes[..(bytes.Length / 2)]);

    [Fact]
    public void TakesTheOlderWhereABitOfTheNewestFlipped() => TakesTheOlder(bytes =>
    {
        bytes[^5] ^= 1;
        return bytes;
    });

    [Fact]
    public void TakesTheOlderWhereTheNewestIsEmpty() => TakesTheOlder(_ => []);

    [Fact]
    public void StartsAnewWhereNoneIsWhole()
    {
        using var scope = NewDisposeScope();
        var (network, _, sgd) = Trained(out _);
        File.WriteAllText(Path.Combine(folder, "epoch-000001.safetensors"), "rubbish, more than eight bytes of it");
        var before = TinyCell.Weights(network);
        Assert.Equal(TrainingState.Start, new Checkpoint(folder).Restore(network.Classifier, sgd, (_, _) => { }));
        Assert.Equal(before, TinyCell.Weights(network));
    }

    private void TakesTheOlder(Func<byte[], byte[]> damage)
    {
        using var scope = NewDisposeScope();
        var (network, _, sgd) = Trained(out _);
        new Checkpoint(folder).Save(new(1, null, null), network.Classifier, sgd);
        new Checkpoint(folder).Save(new(2, 2, null), network.Classifier, sgd);
        var newest = Path.Combine(folder, "epoch-000002.safetensors");
        File.WriteAllBytes(newest, damage(File.ReadAllBytes(newest)));
        var passedOver = new List<string>();
        Assert.Equal(new TrainingState(1, null, null), new Checkpoint(folder).Restore(network.Classifier, sgd, (file, _) => passedOver.Add(file)));
        Assert.Equal([newest], passedOver);
    }

    private static (PixelNetwork, CellImages, FlatSgd) Trained(out TrainingState state)
    {
        var spec = TinyCell.Spec(3);
        var (network, train, sgd) = TinyCell.Make(spec);
        state = new TrainingLoop(spec, network, train, sgd, CPU, new RecordingObserver()).Run(TrainingState.Start, CancellationToken.None, CancellationToken.None);
        return (network, train, sgd);
    }
}
