namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>The least-squares line through (l, ln D_l), l = 1 .. L.</summary>
/// <param name="Slope">Its slope.</param>
/// <param name="R2">The share of the variance of ln D that it explains; 1 where there is none.</param>
internal sealed record LogLinearFit(double Slope, double R2)
{
    /// <summary>Fits; NaN where a value is not positive and finite, or there are fewer than two.</summary>
    /// <param name="values">D_1 .. D_L.</param>
    public static LogLinearFit Of(IReadOnlyList<double> values)
    {
        if (values.Count < 2 || values.Any(v => !(v > 0) || !double.IsFinite(v))) return new(double.NaN, double.NaN);
        var logs = values.Select(v => Math.Log(v)).ToArray();
        var (middle, mean) = ((logs.Length - 1) / 2.0, logs.Average());
        var slope = logs.Select((y, l) => (l - middle) * (y - mean)).Sum() / logs.Select((_, l) => (l - middle) * (l - middle)).Sum();
        var total = logs.Sum(y => (y - mean) * (y - mean));
        var left = logs.Select((y, l) => Math.Pow(y - mean - slope * (l - middle), 2)).Sum();
        return new(slope, total == 0 ? 1 : 1 - left / total);
    }
}
