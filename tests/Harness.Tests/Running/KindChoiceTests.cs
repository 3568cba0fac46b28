using Harness.Manifests;
using Harness.Planning;
using Harness.Running;

namespace Harness.Tests.Running;

public class KindChoiceTests
{
    private static readonly CellSpec Cell = new()
    {
        Architecture = new("net", "net", []),
        Dataset = new() { Label = "mnist", Plugin = "mnist", Options = [], Subsample = new() },
        Seed = 0,
        Training = new(),
        MeasuredEpochs = [],
        Metrics = [],
    };

    [Theory]
    [InlineData(1e12, "cpu")]
    [InlineData(1e14, "cuda")]
    [InlineData(null, "cuda")]
    public void SmallCellsGoToTheCpuAndAllElseToTheGpu(double? flops, string kind) => Assert.Equal(kind, KindChoice.Of(Cell, ["cuda", "cpu"], Costs(flops)));

    [Fact]
    public void WhereThereIsOneKindItIsThat() => Assert.Equal("cpu", KindChoice.Of(Cell, ["cpu"], Costs(1e18)));

    [Fact]
    public void WhatNobodyCountedMayBeLarge() => Assert.Equal("cuda", KindChoice.Of(Cell, ["cpu", "cuda"], new Dictionary<string, CellCost>()));

    private static Dictionary<string, CellCost> Costs(double? flops) => new()
    {
        [Cell.Name] = new() { Cell = Cell.Name, LearningRate = 0.1, Epochs = 1, MeasuredEpochs = 1, BatchSize = 1, TrainingFlops = flops, MeasuringFlops = flops / 10 },
    };
}
