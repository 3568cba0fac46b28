using Harness.Manifests;
using Harness.Results;
using Harness.Running;
using Testing;

namespace Harness.Tests.Running;

public sealed class ProbedSpeedsTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    private RunFolder Folder => new(scratch["run"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void WhatIsKeptServesLikeCellsOnLikeDevices()
    {
        Assert.Null(new ProbedSpeeds(Folder).SecondsOfAnImage(Cell("resnet", 0), "cpu"));
        var probed = new ProbedSpeeds(Folder);
        probed.Add(Cell("resnet", 0), "cpu", 0.25);
        probed.Write();
        var read = new ProbedSpeeds(Folder);
        Assert.Equal(0.25, read.SecondsOfAnImage(Cell("resnet", seed: 1), "cpu"));
        Assert.Null(read.SecondsOfAnImage(Cell("resnet", 0), "cuda"));
        Assert.Null(read.SecondsOfAnImage(Cell("vgg", 0), "cpu"));
    }

    [Fact]
    public void ADamagedFileIsAsNone()
    {
        Directory.CreateDirectory(Folder.Path);
        File.WriteAllText(Folder.ProbePath, "[{");
        Assert.Null(new ProbedSpeeds(Folder).SecondsOfAnImage(Cell("resnet", 0), "cpu"));
    }

    private static CellSpec Cell(string architecture, long seed) => new()
    {
        Architecture = new(architecture, architecture, []),
        Dataset = new() { Label = "mnist", Plugin = "mnist", Options = [], Subsample = new() },
        Seed = seed,
        Training = new() { Epochs = 10 },
        MeasuredEpochs = [],
        Metrics = [],
    };
}
