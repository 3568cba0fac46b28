using System.Globalization;

namespace Harness.Manifests;

/// <summary>The learning rates of a sweep, and what people call one of them.</summary>
public static class SweepRates
{
    /// <summary>Rates evenly spaced on a log axis, both ends among them: numpy's geomspace, which Papyan, Han and Donoho 2020 take their 25 rates from.</summary>
    /// <param name="from">The first, above 0; exactly.</param>
    /// <param name="to">The last, above 0; exactly.</param>
    /// <param name="count">How many, at least 2.</param>
    public static IReadOnlyList<double> Geometric(double from, double to, int count)
    {
        var (low, high) = (Math.Log10(from), Math.Log10(to));
        var step = (high - low) / (count - 1);
        return [from, .. Enumerable.Range(1, count - 2).Select(i => Math.Pow(10, low + i * step)), to];
    }

    /// <summary>A rate to four significant digits: 0.06786. No two rates of a sweep agree in them.</summary>
    /// <param name="rate">The rate.</param>
    public static string Label(double rate) => rate.ToString("G4", CultureInfo.InvariantCulture);
}
