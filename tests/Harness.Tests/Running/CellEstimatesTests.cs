using Harness.Results;
using Harness.Running;
using Harness.Training;

namespace Harness.Tests.Running;

public class CellEstimatesTests
{
    [Fact]
    public void NothingIsKnownBeforeAnybodyHasRun()
    {
        var estimates = Estimates(Cell("a"));
        Assert.Null(estimates.Left("a"));
        Assert.Null(estimates.FirstEpoch("a"));
    }

    [Fact]
    public void WhatARunningCellSaysTellsOfItselfAndOfItsLike()
    {
        var estimates = Estimates(Cell("a"), Cell("b", seed: 1), Cell("other", "vgg"));
        estimates.Heard("a", new CellMessage.Started(0, 10, 600));
        estimates.Heard("a", new CellMessage.Trained(1, 1, 0.5, 100));
        estimates.Heard("a", new CellMessage.Measured(1, 4, []));
        // 9 epochs of 6 seconds and the measurements at 5 and at the last; all ten and all three.
        Assert.Equal(TimeSpan.FromSeconds(9 * 6 + 2 * 4), estimates.Left("a"));
        Assert.Equal(TimeSpan.FromSeconds(10 * 6 + 3 * 4), estimates.Left("b"));
        Assert.Null(estimates.Left("other"));
    }

    [Fact]
    public void ClockTimesOfEarlierRunsAreTakenUp()
    {
        var estimates = Estimates();
        estimates.Add(Cell("a"), [new(1, 6, 4, 100), new(2, 6, 0, 100)]);
        Assert.Equal(TimeSpan.FromSeconds(8 * 6 + 2 * 4), estimates.Left("a"));
        Assert.Equal(TimeSpan.FromSeconds(5 + 6), estimates.FirstEpoch("a"));
    }

    [Fact]
    public void WorkTellsOfCellsUnlikeAnyThatRan()
    {
        var estimates = Estimates(Cell("a"), Cell("other", "vgg"), Cell("elsewhere", "vgg", kind: "cuda"));
        estimates.Count("a", (6e9, 1e9));
        estimates.Count("other", (12e9, 2e9));
        estimates.Count("elsewhere", (12e9, 2e9));
        Assert.Null(estimates.Left("other"));
        estimates.Heard("a", new CellMessage.Started(0, 10, 600));
        estimates.Heard("a", new CellMessage.Trained(1, 1, 0.5, 100));
        Assert.Equal(TimeSpan.FromSeconds(10 * 12 + 3 * 2), estimates.Left("other"));
        Assert.Null(estimates.Left("elsewhere"));
    }

    [Fact]
    public void WorkThatIsLeftIsCountedWithoutAnySpeed()
    {
        var estimates = Estimates(Cell("a"), Cell("b"));
        estimates.Count("a", (6e9, 1e9));
        Assert.Equal(10 * 6e9 + 3 * 1e9, estimates.Work("a"));
        Assert.Null(estimates.Work("b"));
        estimates.Heard("a", new CellMessage.Started(4, 10, 600));
        Assert.Equal(6 * 6e9 + 2 * 1e9, estimates.Work("a"));
    }

    [Fact]
    public void TimedStepsServeUntilOneLikeItHasRun()
    {
        var estimates = Estimates(Cell("a"), Cell("b", seed: 1), Cell("other", "vgg"));
        foreach (var key in new[] { "a", "b" }) estimates.Count(key, (6e9, 1e9));
        estimates.Count("other", (12e9, 2e9));
        estimates.Time("a", TimeSpan.FromSeconds(6));
        // Measuring, which was not timed, and a cell unlike it by their work at that speed.
        Assert.Equal(TimeSpan.FromSeconds(10 * 6 + 3 * 1), estimates.Left("b"));
        Assert.Equal(TimeSpan.FromSeconds(10 * 12 + 3 * 2), estimates.Left("other"));
        estimates.Heard("a", new CellMessage.Started(0, 10, 600));
        estimates.Heard("a", new CellMessage.Trained(1, 1, 0.5, 200));
        Assert.Equal(TimeSpan.FromSeconds(10 * 3 + 3 * 0.5), estimates.Left("b"));
    }

    private static CellEstimates Estimates(params PlannedCell[] cells)
    {
        var estimates = new CellEstimates();
        foreach (var cell in cells) estimates.Add(cell, []);
        return estimates;
    }

    private static PlannedCell Cell(string key, string architecture = "resnet", long seed = 0, string kind = "cpu") => new(key, new()
    {
        Architecture = new(architecture, architecture, []),
        Dataset = new() { Label = "mnist", Plugin = "mnist", Options = [], Subsample = new() },
        Seed = seed,
        Training = new() { Epochs = 10 },
        MeasuredEpochs = [1, 5],
        Metrics = [],
    }, DeviceKind: kind);
}
