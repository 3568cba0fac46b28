using Harness.Metrics.Robustness.FixedEps;

namespace Metrics.Tests.Robustness.FixedEps;

public class WilsonTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(37, 100)]
    [InlineData(5, 5)]
    public void EndsAreWhereTheShareWouldLie196DeviationsOff(int count, int of)
    {
        var (low, high) = Wilson.Interval(count, of);
        var share = (double)count / of;
        foreach (var end in (double[])[low, high])
            Assert.Equal(0, (share - end) * (share - end) - 1.959963984540054 * 1.959963984540054 * end * (1 - end) / of, 1e-12);
        Assert.True(low <= share && share <= high && low < high);
    }
}
