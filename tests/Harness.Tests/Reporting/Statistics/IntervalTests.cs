using Harness.Reporting.Statistics;

namespace Harness.Tests.Reporting.Statistics;

public class IntervalTests
{
    // R: prop.test(count, total, correct = FALSE)$conf.int, and Brown, Cai and DasGupta 2001.
    [Theory]
    [InlineData(0, 10, 0, 0.27753279)]
    [InlineData(5, 10, 0.23659309, 0.76340691)]
    [InlineData(19, 21, 0.71085926, 0.97348123)]
    public void WilsonsIntervalIsThatOfTheBooks(int count, int total, double low, double high)
    {
        var interval = Interval.OfShare(count, total);
        Assert.Equal(low, interval.Low, 6);
        Assert.Equal(high, interval.High, 6);
    }

    [Fact]
    public void EndsBelongToIt()
    {
        var interval = new Interval(-1, 2);
        Assert.True(interval.Contains(-1) && interval.Contains(2) && interval.Contains(0));
        Assert.False(interval.Contains(2.001));
        Assert.Equal(new(Math.Exp(-1), Math.Exp(2)), interval.Map(Math.Exp));
    }
}
