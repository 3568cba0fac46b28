using CsCheck;
using Harness.Manifests;

namespace Harness.Tests.Manifests;

public class LimitsTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("2d", 172_800)]
    public void ALengthOfTimeIsReadWithItsUnits(string text, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("m15")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("-1h")]
    [InlineData("99999h")]
    public void WhatIsNoLengthOfTimeIsRefused(string text) => Assert.Null(Duration.Parse(text));

    [Fact]
    public void WhatIsSaidOfALengthOfTimeReadsBackToTwoUnits() => Gen.Int[0, 9999 * 86_400 - 1].Sample(seconds =>
    {
        var length = TimeSpan.FromSeconds(seconds);
        var lost = length - Duration.Parse(Duration.Text(length));
        Assert.True(lost >= TimeSpan.Zero && lost < (length.TotalDays >= 1 ? TimeSpan.FromHours(1) : length.TotalHours >= 1 ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1)));
    });

    [Theory]
    [InlineData("8GiB", 8L << 30, "8 GiB")]
    [InlineData("1.5 MiB", 3L << 19, "1.5 MiB")]
    [InlineData("500MB", 500_000_000, "477 MiB")]
    [InlineData("512B", 512, "512 B")]
    public void BytesAreReadWithTheirUnit(string text, long bytes, string said)
    {
        Assert.Equal(new ByteSize(bytes), ByteSize.Parse(text));
        Assert.Equal(said, new ByteSize(bytes).ToString());
    }

    [Theory]
    [InlineData("8")]
    [InlineData("8GB/s")]
    [InlineData("-1GiB")]
    [InlineData("999999999TiB")]
    public void WhatIsNoNumberOfBytesIsRefused(string text) => Assert.Null(ByteSize.Parse(text));

    [Fact]
    public void OverridesChangeLimitsAndTriesOfTheirCells()
    {
        var cells = Planning.Plan(Planning.SmallWith("""
            limits: { stall: 20m, memory: 8GiB }
            retry: { nativeAbort: 2 }
            overrides:
              - for: { dataset: mnist }
                limits: { cell: 1h30m, memory: null }
                retry: { outOfMemory: 0 }
            """)).Cells;
        var cell = Assert.Single(cells);
        Assert.Equal(new() { Stall = TimeSpan.FromMinutes(20), Cell = TimeSpan.FromMinutes(90) }, cell.Limits);
        Assert.Equal(new() { OutOfMemory = 0, NativeAbort = 2 }, cell.Retry);
    }

    [Theory]
    [InlineData("limits: { stall: 15 }", "'stall' wants a length of time such as 90s, 15m, 12h or 1h30m, not '15'")]
    [InlineData("limits: { stall: 2s }", "'stall' must be at least 5s, not '2s'")]
    [InlineData("limits: { memory: 8 }", "'memory' wants a number of bytes with its unit, such as 8GiB or 500MB, not '8'")]
    [InlineData("limits: { memory: 1kB }", "'memory' must be at least 1MiB, not '1kB'")]
    [InlineData("limits: { cel: 1h }", "unknown key 'cel' in 'limits'; did you mean 'cell'?")]
    [InlineData("retry: { stalled: 101 }", "'stalled' must be between 0 and 100, not '101'")]
    [InlineData("retry: { cancelled: 1 }", "unknown key 'cancelled' in 'retry'")]
    public void WhatIsWrongIsSaidAtItsPlace(string section, string sentence)
    {
        var refused = Assert.Throws<ManifestException>(() => Planning.Plan(Planning.SmallWith(section)));
        var error = Assert.Single(refused.Errors);
        Assert.StartsWith(sentence, error.Sentence);
        Assert.True(error.Line > 0 && error.Column > 8);
    }
}
