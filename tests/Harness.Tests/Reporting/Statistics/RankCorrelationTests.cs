using CsCheck;
using Harness.Reporting.Statistics;

namespace Harness.Tests.Reporting.Statistics;

public class RankCorrelationTests
{
    private static readonly Gen<double[][]> Columns = Gen.Int[-20, 20].Select(value => (double)value).Array[8].Array[3];

    [Fact]
    public void EqualValuesShareTheMeanOfTheirRanks() => Assert.Equal([4.5, 1, 4.5, 2.5, 2.5], RankCorrelation.Ranks([9, 1, 9, 3, 3]));

    // Closed form without ties: 1 − 6 Σ d²/(n (n² − 1)); with ties scipy.stats.spearmanr.
    [Theory]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 2, 1, 4, 3, 5 }, 0.8)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 1, 10, 100 }, 1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 3, 2, -7 }, -1)]
    [InlineData(new double[] { 1, 2, 2, 3 }, new double[] { 1, 2, 3, 3 }, 0.83333333333333337)]
    public void RhoIsThatOfTheBooks(double[] x, double[] y, double rho) => Assert.Equal(rho, RankCorrelation.Of(x, y), 12);

    [Fact]
    public void WithoutVariationOrPointsThereIsNone()
    {
        Assert.Equal(double.NaN, RankCorrelation.Of([1, 2], [1, 2]));
        Assert.Equal(double.NaN, RankCorrelation.Of([1, 2, 3], [5, 5, 5]));
        Assert.Equal(double.NaN, RankCorrelation.Partial([1, 2, 3], [1, 3, 2], [2, 1, 3]));
        Assert.Equal(double.NaN, RankCorrelation.Partial([1, 2, 3, 4], [1, 3, 2, 4], [10, 20, 30, 40]));
    }

    [Fact]
    public void OnlyOrderMatters() => Columns.Sample(c =>
        RankCorrelation.Of(c[0], c[1]) is var rho && Close(rho, RankCorrelation.Of([.. c[0].Select(x => x * x * x - 7)], c[1])) && Close(-rho, RankCorrelation.Of([.. c[0].Select(x => -x)], c[1])));

    /// <summary>The same by another way: the correlation of what is left of the ranks when their least-squares line through z's ranks is taken off.</summary>
    [Fact]
    public void ThePartialCorrelationIsThatOfTheResiduals() => Columns.Sample(c =>
    {
        var ranks = c.Select(RankCorrelation.Ranks).ToArray();
        var (x, y) = (Residuals(ranks[0], ranks[2]), Residuals(ranks[1], ranks[2]));
        var expected = x.Zip(y, (a, b) => a * b).Sum() / Math.Sqrt(x.Sum(a => a * a) * y.Sum(b => b * b));
        return Close(expected, RankCorrelation.Partial(c[0], c[1], c[2])) || x.Sum(a => a * a) < 1e-9 || y.Sum(b => b * b) < 1e-9;
    });

    private static double[] Residuals(double[] values, double[] on)
    {
        var (mean, centre) = (values.Average(), on.Average());
        var slope = values.Zip(on, (v, z) => (v - mean) * (z - centre)).Sum() / on.Sum(z => (z - centre) * (z - centre));
        return [.. values.Zip(on, (v, z) => v - mean - slope * (z - centre))];
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9 || (double.IsNaN(a) && double.IsNaN(b));
}
