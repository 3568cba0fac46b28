using CsCheck;
using Harness.Comparing;

namespace Harness.Tests.Comparing;

public class PairedDifferenceTests
{
    [Fact]
    public void TheIntervalIsStudentsOverThePairs()
    {
        // Differences 1, 2, 3: mean 2, standard error 1/√3, t of two degrees 4.302653.
        var difference = PairedDifference.Of([(10, 11), (20, 22), (-5, -2)], ratio: false);
        Assert.Equal((3, false, 2.0), (difference.Pairs, difference.IsRatio, difference.Mean));
        Assert.Equal(2 - (4.30265272974946 / Math.Sqrt(3)), difference.Low!.Value, 1e-12);
        Assert.Equal(2 + (4.30265272974946 / Math.Sqrt(3)), difference.High!.Value, 1e-12);
        Assert.False(difference.IsClear);
    }

    [Fact]
    public void OnePairHasNoInterval() => Assert.Equal(new PairedDifference(1, false, -1), PairedDifference.Of([(3, 2)], ratio: false));

    [Fact]
    public void RatiosAreGeometric()
    {
        var difference = PairedDifference.Of([(1, 2), (10, 80)], ratio: true);
        Assert.True(difference.IsRatio);
        Assert.Equal(4, difference.Mean, 1e-12);
        Assert.Equal(16, difference.Low!.Value * difference.High!.Value, 1e-9);
        Assert.False(PairedDifference.Of([(1, 2), (0, 80)], ratio: true).IsRatio);
    }

    [Fact]
    public void EqualStepsAreClear()
    {
        Assert.True(PairedDifference.Of([(1, 1.5), (2, 2.5)], ratio: false).IsClear);
        Assert.True(PairedDifference.Of([(1, 0.5), (2, 1)], ratio: true).IsClear);
        Assert.False(PairedDifference.Of([(1, 1), (2, 2)], ratio: false).IsClear);
    }

    [Fact]
    public void TurnedRoundItChangesSignAlone() => Gen.Select(Gen.Double[-100, 100], Gen.Double[-100, 100]).Array[2, 8].Sample(pairs =>
    {
        var (there, back) = (PairedDifference.Of(pairs, ratio: false), PairedDifference.Of([.. pairs.Select(p => (p.Item2, p.Item1))], ratio: false));
        Assert.Equal(there.Mean, -back.Mean, 1e-9);
        Assert.Equal(there.Low!.Value, -back.High!.Value, 1e-9);
        Assert.InRange(there.Mean, there.Low!.Value, there.High!.Value);
    });
}
