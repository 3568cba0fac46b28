using Harness.Metrics.Margins.ImplicitBias;

namespace Metrics.Tests.Margins.ImplicitBias;

public class StraightLineTests
{
    [Fact]
    public void ItIsTheLeastSquaresLine()
    {
        // Deviations −1, 0, 1 and −1, −1, 2: slope 3/2; (3)²/(2 · 6) = 3/4.
        var line = StraightLine.Of([(1, 0), (2, 0), (double.NaN, 9), (3, 3)]);
        Assert.Equal((1.5, 0.75), (line.Slope, line.R2));
    }

    [Fact]
    public void TwoPointsAreNoEvidence() => Assert.Equal((double.NaN, double.NaN), (StraightLine.Of([(1, 2), (2, 3)]).Slope, StraightLine.Of([(1, 2), (2, 3)]).R2));
}
