using CsCheck;
using Harness.Manifests;

namespace Harness.Tests.Manifests;

public class SweepRatesTests
{
    /// <summary>numpy's geomspace(1e-4, 0.25, 25) and geomspace(0.01, 0.25, 10), worked out in 40 digits.</summary>
    [Theory]
    [InlineData(1e-4, 0.25, 25, 1, 0.0001385418024881474)]
    [InlineData(1e-4, 0.25, 25, 12, 0.005)]
    [InlineData(1e-4, 0.25, 25, 20, 0.06786044041487267)]
    [InlineData(1e-4, 0.25, 25, 22, 0.1302501827396728)]
    [InlineData(0.01, 0.25, 10, 3, 0.02924017738212866)]
    public void RatesAreThoseOfGeomspace(double from, double to, int count, int place, double rate) =>
        Assert.Equal(1, SweepRates.Geometric(from, to, count)[place] / rate, 1e-14);

    [Fact]
    public void EndsAreExactAndEqualRatiosLieBetween() => Gen.Select(Gen.Double[1e-6, 1], Gen.Double[1.01, 1e4], Gen.Int[2, 200]).Sample((from, times, count) =>
    {
        var rates = SweepRates.Geometric(from, from * times, count);
        Assert.Equal((count, from, from * times), (rates.Count, rates[0], rates[^1]));
        Assert.All(rates.Select((rate, i) => rate / (from * Math.Pow(times, i / (count - 1.0)))), share => Assert.Equal(1, share, 1e-12));
    });

    [Fact]
    public void KnownRatesArePointsOfThePapersGrid()
    {
        var grid = SweepRates.Geometric(1e-4, 0.25, 25).Select(r => Math.Round(r, 4)).ToArray();
        Assert.All([0.0679, 0.1303, 0.1805], rate => Assert.Contains(rate, grid));
    }

    [Theory]
    [InlineData(0.25, "0.25")]
    [InlineData(0.0678604404148727, "0.06786")]
    [InlineData(1e-4, "0.0001")]
    public void LabelHasFourDigits(double rate, string label) => Assert.Equal(label, SweepRates.Label(rate));
}
