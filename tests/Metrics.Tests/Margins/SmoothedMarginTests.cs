using CsCheck;
using Harness.Metrics.Margins;
using static TorchSharp.torch;

namespace Metrics.Tests.Margins;

public class SmoothedMarginTests
{
    [Fact]
    public void ItIsTheFormulaWhereThatCanBeComputed() =>
        Gen.Double[-12, 6].Array[1, 8].Sample(s =>
        {
            var loss = s.Sum(x => Math.Log(1 + Math.Exp(x)));
            Assert.Equal(-Math.Log(Math.Exp(loss) - 1), Of(s), 1e-9);
        }, iter: 500);

    [Theory]
    [InlineData(-29.999, -30.001)]
    [InlineData(-700, -700.001)]
    public void ItIsContinuousWhereTheFormulaChanges(double above, double below)
    {
        Assert.Equal(above - below, Of(below) - Of(above), 1e-11);
        Assert.Equal(-above, Of(above), 1e-11);
    }

    /// <summary>One image: ln(exp(ln(1 + eˢ)) − 1) = s. Of n alike, s + ln n; e⁻²⁰⁰⁰ is no float64.</summary>
    [Fact]
    public void ALossThatFloat64DoesNotHoldHasOne()
    {
        Assert.Equal(2000, Of(-2000), 1e-9);
        Assert.Equal(2000 - Math.Log(4), Of(-2000, -2000, -2000, -2000), 1e-9);
        Assert.Equal(-5000, Of(5000), 1e-9);
    }

    [Fact]
    public void ItsSignSaysWhetherTheLossIsBelowLn2()
    {
        Assert.True(Of(-1e-9) > 0);
        Assert.True(Of(1e-9) < 0);
        Assert.True(Of(-0.5, -0.5) < 0);
    }

    private static double Of(params double[] others)
    {
        using var scope = NewDisposeScope();
        return SmoothedMargin.Of(tensor(others));
    }
}
