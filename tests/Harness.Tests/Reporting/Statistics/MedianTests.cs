using Harness.Reporting.Statistics;

namespace Harness.Tests.Reporting.Statistics;

public class MedianTests
{
    [Theory]
    [InlineData(new double[0], null)]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1, 4 }, 4.0)]
    [InlineData(new[] { 9.0, 1, 4, 2 }, 3.0)]
    public void TheMedianIsTheMiddle(double[] values, double? median) => Assert.Equal(median, Median.Of(values));
}
