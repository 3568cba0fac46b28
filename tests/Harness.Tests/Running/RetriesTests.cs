using Harness.Results;
using Harness.Running;

namespace Harness.Tests.Running;

public class RetriesTests
{
    [Fact]
    public void OutOfMemoryIsTriedOnceMoreAndAlone()
    {
        var tries = new Retries(new(), []);
        Assert.False(tries.Alone);
        Assert.True(tries.Again(Ended(Outcome.OutOfMemory, 3)));
        Assert.True(tries.Alone);
        Assert.False(tries.Again(Ended(Outcome.OutOfMemory, 5)));
        Assert.Equal([new(Outcome.OutOfMemory, 3, "so", 1)], tries.Earlier);
    }

    [Theory]
    [InlineData(Outcome.NativeAbort)]
    [InlineData(Outcome.PluginFault)]
    [InlineData(Outcome.Stalled)]
    [InlineData(Outcome.Timeout)]
    [InlineData(Outcome.DataFault)]
    [InlineData(Outcome.Failed)]
    public void OthersEndTheCellUnlessThePolicySaysOtherwise(Outcome outcome)
    {
        Assert.False(new Retries(new(), []).Again(Ended(outcome, 1)));
        var granted = new Retries(new() { NativeAbort = 1, PluginFault = 1, Stalled = 1, Timeout = 1, DataFault = 1, Failed = 1 }, []);
        Assert.True(granted.Again(Ended(outcome, 1)));
        Assert.False(granted.Alone);
        Assert.False(granted.Again(Ended(outcome, 1)));
    }

    [Theory]
    [InlineData(Outcome.Done)]
    [InlineData(Outcome.Diverged)]
    [InlineData(Outcome.Cancelled)]
    public void WhatIsNoFailureIsNeverTriedAgain(Outcome outcome) =>
        Assert.False(new Retries(new() { NativeAbort = 9, PluginFault = 9, Failed = 9 }, []).Again(Ended(outcome, 1)));

    [Fact]
    public void EveryWayToFailHasACountOfItsOwnAndEarlierRunsTakeNothingFromIt()
    {
        var before = Retries.AsAttempt(Ended(Outcome.OutOfMemory, 2));
        var tries = new Retries(new() { NativeAbort = 1 }, [before]);
        Assert.True(tries.Again(Ended(Outcome.OutOfMemory, 4)));
        Assert.True(tries.Again(Ended(Outcome.NativeAbort, 6)));
        Assert.False(tries.Again(Ended(Outcome.OutOfMemory, 8)));
        Assert.Equal([2, 4, 6], tries.Earlier.Select(a => a.Epochs));
    }

    [Fact]
    public void ADeviceThatFailedTakesNothingFromWhatACellGets()
    {
        var tries = new Retries(new(), []);
        tries.Moves(Ended(Outcome.DeviceFault, 1));
        Assert.True(tries.Again(Ended(Outcome.OutOfMemory, 2)));
        Assert.Equal([Outcome.DeviceFault, Outcome.OutOfMemory], tries.Earlier.Select(a => a.Outcome));
    }

    private static CellResult Ended(Outcome outcome, int epochs) => new() { Outcome = outcome, Epochs = epochs, Message = "so", ExitCode = 1 };
}
