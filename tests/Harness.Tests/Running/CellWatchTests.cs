using Harness.Manifests;
using Harness.Results;
using Harness.Running;
using Harness.Training;
using Microsoft.Extensions.Time.Testing;

namespace Harness.Tests.Running;

public class CellWatchTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void AProcessThatGetsOnIsLeftAlone()
    {
        var watch = Watch(new() { Stall = 5 * Second });
        for (var i = 0; i < 100; i++)
        {
            watch.Heard(Beat(progress: i));
            Assert.Null(Pass(watch, 4 * Second));
        }
        Assert.Equal(400 * Second, watch.Awake);
    }

    [Fact]
    public void BeatsWithoutProgressAreAStallThatSaysInWhat()
    {
        var watch = Watch(new() { Stall = 20 * Second });
        watch.Heard(Beat(progress: 7));
        Judgement? judgement = null;
        for (var i = 0; i < 20 && judgement is null; i++)
        {
            judgement = Pass(watch, Second);
            watch.Heard(Beat(progress: 7));
        }
        Assert.Equal(new(Outcome.Stalled, "The process got no further for 20s: it was training epoch 3, step 4 of 9; it was killed.", AtOnce: true), judgement);
    }

    [Fact]
    public void NoBeatAtAllIsAStallToo()
    {
        var watch = Watch(new() { Stall = 3 * Second });
        watch.Heard(Beat(progress: 7, doing: "measuring robustness"));
        Assert.Null(Pass(watch, 2 * Second));
        Assert.Equal(
            new(Outcome.Stalled, "Nothing was heard of the process for 3s, so that it was stopped or hung as a whole: it was measuring robustness in epoch 3; it was killed.", AtOnce: true),
            Pass(watch, Second));
    }

    [Fact]
    public void AProcessThatIsStillBeingLoadedHasAMinuteHoweverShortItsLimit()
    {
        var watch = Watch(new() { Stall = 5 * Second });
        for (var i = 1; i < 60; i++) Assert.Null(Pass(watch, Second));
        Assert.Equal("Nothing was heard of the process for 1m, so that it was stopped or hung as a whole; it was killed.", Pass(watch, Second)?.Message);
    }

    [Fact]
    public void TimeTheMachineSleptIsNobodysFault()
    {
        var watch = Watch(new() { Stall = TimeSpan.FromMinutes(15), Cell = TimeSpan.FromMinutes(15) });
        watch.Heard(Beat(progress: 7));
        Assert.Null(Pass(watch, TimeSpan.FromHours(9)));
        Assert.Equal(CellWatch.LongestGap, watch.Awake);
    }

    [Fact]
    public void AClockThatIsSetMeansNothing()
    {
        var watch = new CellWatch(new() { Stall = TimeSpan.FromMinutes(15) }, new NoClockOnTheWall());
        watch.Heard(Beat(progress: 7));
        Assert.Null(watch.Look(residentBytes: 0));
    }

    [Fact]
    public void ATimeThatIsUpAsksOnce()
    {
        var watch = Watch(new() { Cell = 3 * Second });
        watch.Heard(Beat(progress: 1));
        Assert.Null(Pass(watch, 2 * Second));
        Assert.Equal(
            new(Outcome.Timeout, "Its time, 3s by 'limits: cell', was up while it was training epoch 3, step 4 of 9; the next run continues it.", AtOnce: false), Pass(watch, Second));
        Assert.Null(Pass(watch, Second));
    }

    [Fact]
    public void MemoryBeyondTheLimitIsSaidWithItsFigures()
    {
        var watch = Watch(new() { Memory = new(8L << 30) });
        Assert.Null(watch.Look(8L << 30));
        Assert.Equal(
            new(Outcome.OutOfMemory, "The process held 9 GiB of memory, and 'limits: memory' gives it 8 GiB; it was killed.", AtOnce: true), watch.Look(9L << 30));
    }

    private CellWatch Watch(CellLimits limits) => new(limits, clock);

    private Judgement? Pass(CellWatch watch, TimeSpan time)
    {
        clock.Advance(time);
        return watch.Look(residentBytes: 0);
    }

    private sealed class NoClockOnTheWall : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("it may be set at any moment");
    }

    private static CellMessage.Beat Beat(long progress, string doing = "training") => new(progress, doing, Epoch: 3, Step: 4, Steps: 9, MemoryBytes: 1);
}
