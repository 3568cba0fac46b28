using Harness.Reporting.Statistics;

namespace Harness.Tests.Reporting.Statistics;

public class BootstrapTests
{
    private const int Trials = 200;

    [Fact]
    public void TheSameDataGiveTheSameInterval()
    {
        var groups = Draw(new Seed(5).Random(), 9, 3, 0.5, 0.3);
        Assert.Equal(Bootstrap.Of(groups, Rho), Bootstrap.Of(groups, Rho));
    }

    [Fact]
    public void TheNumberIsThatOfTheGroupsMeansAndSaysWhatItRestsOn()
    {
        double[][][] groups = [[[1], [3]], [[5]], [[10], [20], [30]]];
        Assert.Equal(new Estimate(5, null, 3, 6), Bootstrap.Of(groups, MedianOfFirst));
        Assert.Equal(new Estimate(double.NaN, null, 0, 0), Bootstrap.Of([], MedianOfFirst));
    }

    [Fact]
    public void TooFewGroupsBearNoIntervalAndGroupsThatDoNotDifferAPoint()
    {
        Assert.Null(Bootstrap.Of([.. Enumerable.Range(0, Bootstrap.FewestGroups - 1).Select(i => new[] { new double[] { i } })], MedianOfFirst).Interval);
        Assert.NotNull(Bootstrap.Of([.. Enumerable.Range(0, Bootstrap.FewestGroups).Select(i => new[] { new double[] { i } })], MedianOfFirst).Interval);
        Assert.Equal(new Interval(4, 4), Bootstrap.Of([.. Enumerable.Range(0, 9).Select(i => new[] { new double[] { 4 } })], MedianOfFirst).Interval);
        Assert.Null(Bootstrap.Of([.. Enumerable.Range(0, 9).Select(i => new[] { new double[] { 4, i } })], Rho).Interval);
    }

    /// <summary>Against the exact interval of a mean: with many groups of one member the bootstrap's is ±1.96 s/√n, closely.</summary>
    [Fact]
    public void OfAMeanItIsTheNormalOne()
    {
        var random = new Seed(7).Random();
        double[][][] groups = [.. Enumerable.Range(0, 400).Select(_ => new[] { new[] { 3 + Normal(random) } })];
        var values = groups.Select(g => g[0][0]).ToArray();
        var error = Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / values.Length / values.Length);
        var estimate = Bootstrap.Of(groups, means => means[0].Average());
        Assert.Equal(values.Average(), estimate.Value, 12);
        Assert.Equal(values.Average() - 1.96 * error, estimate.Interval!.Value.Low, 0.25 * error);
        Assert.Equal(values.Average() + 1.96 * error, estimate.Interval!.Value.High, 0.25 * error);
    }

    /// <summary>
    /// Runs of known truth, made up again and again: an interval that claims 95 % contains it about as often. 200 trials of a true 95 % lie between 91 and 98.5 % with near certainty; the two-level
    /// bootstrap of few groups may be wider than it need be, never much narrower.
    /// </summary>
    [Theory]
    [InlineData(21, 3, 0.7, 0.3)]
    [InlineData(21, 1, 0.0, 0.0)]
    [InlineData(9, 3, 0.7, 0.3)]
    [InlineData(6, 1, 0.5, 0.0)]
    public void AnIntervalContainsTheTruthAboutAsOftenAsItClaims(int groups, int members, double correlation, double noise)
    {
        // Of two normal variables, Spearman's rho is (6/π) asin(r/2); noise of the members' means takes r down.
        var truth = 6 / Math.PI * Math.Asin(correlation / (1 + noise * noise / members) / 2);
        var (rho, median) = (0, 0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var drawn = Draw(new Seed(11).Derive("trial", trial).Random(), groups, members, correlation, noise);
            if (Bootstrap.Of(drawn, Rho).Interval!.Value.Contains(truth)) rho++;
            if (Bootstrap.Of(drawn, MedianOfFirst).Interval!.Value.Contains(0)) median++;
        }
        Assert.InRange(rho / (double)Trials, 0.89, 1);
        Assert.InRange(median / (double)Trials, 0.87, 1);
        if (groups == 21) Assert.InRange((rho + median) / (2.0 * Trials), 0.91, 0.985);
    }

    private static double Rho(double[][] means) => RankCorrelation.Of(means[0], means[1]);

    private static double MedianOfFirst(double[][] means) => Median.OfScratch(means[0]);

    /// <summary>Groups whose two components correlate by r, each member with noise of its own.</summary>
    private static double[][][] Draw(SeededRandom random, int groups, int members, double r, double noise) =>
    [
        .. Enumerable.Range(0, groups).Select(_ =>
        {
            var x = Normal(random);
            var y = r * x + Math.Sqrt(1 - r * r) * Normal(random);
            return Enumerable.Range(0, members).Select(_ => new[] { x + noise * Normal(random), y + noise * Normal(random) }).ToArray();
        }),
    ];

    // Box and Muller 1958.
    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
