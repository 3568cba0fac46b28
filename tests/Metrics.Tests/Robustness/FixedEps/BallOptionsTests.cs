using System.ComponentModel.DataAnnotations;
using Harness.Metrics.Robustness.AutoAttack;
using Harness.Metrics.Robustness.FixedEps;

namespace Metrics.Tests.Robustness.FixedEps;

public class BallOptionsTests
{
    [Fact]
    public void SmallRadiiInOneNormAreTheDefault()
    {
        var ball = Assert.Single(new FixedEpsOptions().Balls);
        Assert.Equal(Norm.Linf, ball.Norm);
        Assert.Equal([0.25 / 255, 0.5 / 255, 1.0 / 255, 2.0 / 255, 4.0 / 255, 8.0 / 255], ball.Radii);
        Assert.Empty(Faults(new AutoAttackOptions()));
    }

    [Fact]
    public void NormsAreThoseWithRadii()
    {
        Assert.Equal([Norm.Linf, Norm.L2], new FixedEpsOptions { L2 = [0.5] }.Balls.Select(b => b.Norm));
        Assert.Equal([Norm.L2], new FixedEpsOptions { Linf = [], L2 = [0.5] }.Balls.Select(b => b.Norm));
    }

    [Fact]
    public void RadiiThatCannotBeToldApartAreRefused()
    {
        Assert.Equal("'linf' and 'l2' want at least one radius between them", Assert.Single(Faults(new FixedEpsOptions { Linf = [] })));
        Assert.Equal("'l2' must increase from radius to radius", Assert.Single(Faults(new FixedEpsOptions { L2 = [1, 0.5] })));
        Assert.Equal("'linf' must increase from radius to radius", Assert.Single(Faults(new FixedEpsOptions { Linf = [0.1, double.NaN] })));
        Assert.Equal("two radii of 'linf' agree in four digits", Assert.Single(Faults(new FixedEpsOptions { Linf = [0.1, 0.100001] })));
    }

    private static IEnumerable<string> Faults(BallOptions options) => options.Validate(new ValidationContext(options)).Select(f => f.ErrorMessage!);
}
