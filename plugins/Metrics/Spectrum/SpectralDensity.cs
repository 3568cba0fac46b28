namespace Harness.Metrics.Spectrum;

/// <summary>A spectrum's density by stochastic Lanczos quadrature: the Ritz values of every run, each smoothed to a Gaussian of its weight, averaged over runs.</summary>
/// <param name="X">Positions, evenly spaced.</param>
/// <param name="Y">Share of the eigenvalues per unit of <paramref name="X"/>.</param>
internal sealed record SpectralDensity(double[] X, double[] Y)
{
    /// <summary>Over λ itself. The axis reaches from below the least Ritz value to above the largest.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="points">At least 2.</param>
    /// <param name="smoothing">The Gaussian's standard deviation as a share of the axis.</param>
    public static SpectralDensity Linear(IReadOnlyList<Lanczos> runs, int points, double smoothing)
    {
        var (low, high) = (runs.Min(r => r.Values[^1]), runs.Max(r => r.Values[0]));
        // A matrix with one eigenvalue has no width of its own, and 0 no size.
        var width = high > low ? high - low : high != 0 ? Math.Abs(high) : 1;
        var margin = 4 * smoothing * width;
        return Of(runs, value => value, low - margin, high + margin, points, smoothing);
    }

    /// <summary>Over log₁₀ λ of a matrix without negative eigenvalues. What lies below the axis is not drawn: it is rounding and the eigenvalue 0.</summary>
    /// <param name="runs">One or more.</param>
    /// <param name="largest">The largest eigenvalue the axis is to show; the axis is that of 1 where this is 0.</param>
    /// <param name="decades">How many decades below that it begins.</param>
    /// <param name="points">At least 2.</param>
    /// <param name="smoothing">The Gaussian's standard deviation as a share of the axis.</param>
    public static SpectralDensity Logarithmic(IReadOnlyList<Lanczos> runs, double largest, double decades, int points, double smoothing)
    {
        var high = largest > 0 ? Math.Log10(largest) : 0;
        return Of(runs, value => value > 0 ? Math.Log10(value) : double.NegativeInfinity, high - decades, high + 4 * smoothing * decades, points, smoothing);
    }

    private static SpectralDensity Of(
        IReadOnlyList<Lanczos> runs, Func<double, double> position, double low, double high, int points, double smoothing)
    {
        var step = (high - low) / (points - 1);
        var deviation = smoothing * (high - low);
        var x = Enumerable.Range(0, points).Select(i => low + i * step).ToArray();
        var y = new double[points];
        foreach (var run in runs)
        {
            for (var k = 0; k < run.Values.Length; k++)
            {
                var centre = position(run.Values[k]);
                if (!(centre >= low)) continue;
                var height = run.Weights[k] / (runs.Count * deviation * Math.Sqrt(2 * Math.PI));
                for (var i = 0; i < points; i++) y[i] += height * Math.Exp(-0.5 * Math.Pow((x[i] - centre) / deviation, 2));
            }
        }
        return new(x, y);
    }
}
