using CsCheck;
using Harness.Running;

namespace Harness.Tests.Running;

public class SchedulerTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public void TheMostWantedGoesFirstAndEveryPlaceIsTaken()
    {
        var scheduler = new Scheduler([new("cpu", 2)], Cells("cpu", "a", "b", "c"));
        Assert.Equal(["c cpu", "a cpu"], Start(scheduler, "c", "a", "b"));
        scheduler.Ended("c");
        Assert.Equal(["b cpu"], Start(scheduler, "b"));
    }

    [Fact]
    public void CellsAreSpreadOverDevicesOfTheirKindAlone()
    {
        var scheduler = new Scheduler([new("cuda:0", 2), new("cuda:1", 2), new("cpu", 1)], [.. Cells("cuda", "a", "b", "c"), .. Cells("cpu", "x", "y")]);
        Assert.Equal(["x cpu", "a cuda:0", "b cuda:1", "c cuda:0"], Start(scheduler, "x", "y", "a", "b", "c"));
    }

    [Fact]
    public void WhoMustBeAloneWaitsForAnEmptyDeviceAndKeepsItEmpty()
    {
        var scheduler = new Scheduler([new("cpu", 2)], Cells("cpu", "a", "b", "c"));
        Assert.Equal(["a cpu", "b cpu"], Start(scheduler, "a", "b", "c"));
        scheduler.Ended("a");
        scheduler.PutBack("a", needsToBeAlone: true);
        Assert.Equal(["c cpu"], Start(scheduler, "a", "c"));   // the others are served first
        scheduler.Ended("b");
        Assert.Empty(Start(scheduler, "a"));
        scheduler.Ended("c");
        Assert.Equal(["a cpu"], Start(scheduler, "a"));
        scheduler.PutBack("b", needsToBeAlone: false);
        Assert.Empty(Start(scheduler, "b"));
        scheduler.Ended("a");
        Assert.Equal(["b cpu"], Start(scheduler, "b"));
    }

    [Fact]
    public void SmallCellsShareAGpuAsFarAsItsMemoryGoes()
    {
        var cell = (string key) => new WaitingCell(key, "cuda", DeviceBytes: 2 * GiB, StepFlops: 1e9);
        // 4 GiB each with what comes on top, and 0.9 x 14 GiB to give.
        var scheduler = new Scheduler([new("cuda:0", null, 14 * GiB)], [cell("a"), cell("b"), cell("c"), cell("d")]);
        Assert.Equal(3, Start(scheduler, "a", "b", "c", "d").Length);
        var large = new Scheduler([new("cuda:0", null, 100 * GiB)], [.. Enumerable.Range(0, 9).Select(i => cell($"{i}"))]);
        Assert.Equal(Scheduler.MostOnAGpu, Start(large, [.. Enumerable.Range(0, 9).Select(i => $"{i}")]).Length);
    }

    [Theory]
    [InlineData(1e12, 2)]     // fills the GPU by itself
    [InlineData(null, 2)]     // nobody knows
    [InlineData(1e9, null)]
    public void ABigCellOrAnUnknownOneHasAGpuToItself(double? flops, int? gibibytes)
    {
        var scheduler = new Scheduler(
            [new("cuda:0", null, 100 * GiB)], [new("big", "cuda", gibibytes * GiB, flops), new("small", "cuda", GiB, 1e9), new("other", "cuda", GiB, 1e9)]);
        Assert.Equal(["big cuda:0"], Start(scheduler, "big", "small", "other"));
        scheduler.Ended("big");
        Assert.Equal(2, Start(scheduler, "small", "other").Length);
        scheduler.PutBack("big", needsToBeAlone: false);
        Assert.Empty(Start(scheduler, "big"));
    }

    [Fact]
    public void ADeviceOutOfServiceGetsNobodyAndItsCellsGoToOthersOfItsKind()
    {
        var scheduler = new Scheduler([new("cuda:0", 1), new("cuda:1", 1), new("cpu", 1)], Cells("cuda", "a", "b", "c"));
        Start(scheduler, "a", "b");
        scheduler.Retire("cuda:0");
        scheduler.Ended("a");
        scheduler.PutBack("a", needsToBeAlone: false);
        Assert.Empty(Start(scheduler, "a", "c"));
        scheduler.Ended("b");
        Assert.Equal(["a cuda:1"], Start(scheduler, "a", "c"));
        Assert.Empty(scheduler.Stranded);
        scheduler.Retire("cuda:1");
        Assert.Equal(["c"], scheduler.Stranded.Select(c => c.Key));
    }

    [Fact]
    public void ACellIsNotPutWhereItFailedBefore()
    {
        var scheduler = new Scheduler([new("cuda:0", 1), new("cuda:1", 1)], Cells("cuda", "a"));
        Assert.Equal(["a cuda:0"], Start(scheduler, "a"));
        scheduler.Ended("a");
        scheduler.PutBack("a", needsToBeAlone: false, notOn: "cuda:0");
        Assert.Equal(["a cuda:1"], Start(scheduler, "a"));
        scheduler.Ended("a");
        scheduler.PutBack("a", needsToBeAlone: false, notOn: "cuda:1");
        Assert.Equal(["a"], scheduler.Stranded.Select(c => c.Key));
    }

    [Fact]
    public void WhateverEndsWhenEveryCellIsServedAndNoDeviceIsOverfull() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 3], Gen.Int[0, 20], Gen.Int[0, 1000]).Sample((places, count, seed) =>
        {
            var random = new Random(seed);
            var keys = Enumerable.Range(0, count).Select(i => $"{i}").ToArray();
            var scheduler = new Scheduler([.. places.Select((p, i) => new ComputeDevice($"cuda:{i}", p))], Cells("cuda", keys));
            var (running, again, ended) = (new List<Assignment>(), new HashSet<string>(), 0);
            while (ended < count)
            {
                while (scheduler.Next(scheduler.Waiting.Select(c => c.Key)) is { } begun) running.Add(begun);
                Assert.All(running.GroupBy(r => r.Device), on => Assert.True(on.Count() <= places[int.Parse(on.Key[5..])]));
                Assert.All(running.Where(r => again.Contains(r.Key)), r => Assert.Single(running, other => other.Device == r.Device));
                var gone = running[random.Next(running.Count)];
                running.Remove(gone);
                scheduler.Ended(gone.Key);
                if (random.Next(3) == 0 && again.Add(gone.Key)) scheduler.PutBack(gone.Key, needsToBeAlone: true);
                else ended++;
            }
            Assert.Empty(running);
            Assert.Empty(scheduler.Waiting);
        });

    private static WaitingCell[] Cells(string kind, params string[] keys) => [.. keys.Select(key => new WaitingCell(key, kind))];

    private static string[] Start(Scheduler scheduler, params string[] order)
    {
        var begun = new List<string>();
        while (scheduler.Next(order) is { } place) begun.Add($"{place.Key} {place.Device}");
        return [.. begun];
    }
}
