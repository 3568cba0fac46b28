using System.Globalization;
using Harness.Running;
using Microsoft.Extensions.Time.Testing;

namespace Harness.Tests.Running;

public class DeadlineTests
{
    private static readonly TimeZoneInfo EasternStandard = TimeZoneInfo.CreateCustomTimeZone("five behind", TimeSpan.FromHours(-5), null, null);

    [Theory]
    [InlineData("07:00", "2030-01-11T07:00-05:00")]    // it is 23:30: tomorrow
    [InlineData("7:00", "2030-01-11T07:00-05:00")]
    [InlineData("23:45", "2030-01-10T23:45-05:00")]    // today still
    [InlineData("23:30", "2030-01-11T23:30-05:00")]    // this very moment: the next
    [InlineData("2030-01-12T06:00", "2030-01-12T06:00-05:00")]
    [InlineData("2030-01-12 06:00", "2030-01-12T06:00-05:00")]
    [InlineData("2030-01-12T06:00+01:00", "2030-01-12T06:00+01:00")]
    [InlineData("2030-01-12T06:00:30Z", "2030-01-12T06:00:30+00:00")]
    public void AMomentIsTheNextOfItsTimeOrItsDate(string text, string expected)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2030-01-11T04:30Z", CultureInfo.InvariantCulture));
        clock.SetLocalTimeZone(EasternStandard);
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Deadline.Moment(text, clock));
    }

    [Theory]
    [InlineData("")]
    [InlineData("24:00")]
    [InlineData("7")]
    [InlineData("tomorrow")]
    [InlineData("2030-02-30T07:00")]
    public void WhatIsNoMomentIsRefused(string text) => Assert.Null(Deadline.Moment(text, TimeProvider.System));

    [Fact]
    public void TheEarlierOfBothCounts()
    {
        var clock = new FakeTimeProvider();
        var deadline = new Deadline(clock.GetUtcNow() + TimeSpan.FromHours(8), TimeSpan.FromHours(3), clock);
        Assert.Equal(TimeSpan.FromHours(3), deadline.Left);
        clock.Advance(TimeSpan.FromHours(3));
        Assert.True(deadline.IsOver);
        var none = new Deadline(null, null, clock);
        Assert.Null(none.Left);
        Assert.False(none.IsOver);
    }

    [Fact]
    public void WhenTheClockOnTheWallIsSetItsMomentStaysAndABudgetDoesNotMind()
    {
        var clock = new WallAndStopwatch();
        var (byWall, byBudget) = (new Deadline(clock.Wall + TimeSpan.FromHours(8), null, clock), new Deadline(null, TimeSpan.FromHours(8), clock));
        clock.Wall += TimeSpan.FromHours(7.5);
        Assert.Equal(TimeSpan.FromHours(0.5), byWall.Left);
        Assert.Equal(TimeSpan.FromHours(8), byBudget.Left);
        clock.Awake += TimeSpan.FromHours(8);
        Assert.Equal(TimeSpan.FromHours(0.5), byWall.Left);
        Assert.True(byBudget.IsOver);
    }

    /// <summary>Two clocks, as a machine has them.</summary>
    private sealed class WallAndStopwatch : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = new(2030, 1, 10, 22, 0, 0, TimeSpan.Zero);

        public TimeSpan Awake { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Awake.Ticks;
    }
}
