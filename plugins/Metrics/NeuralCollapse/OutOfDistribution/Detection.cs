namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>How well a score tells images of the classes, which are to score higher, from others.</summary>
/// <param name="Auroc">The share of pairs that it orders rightly, ties counting half; NaN where a score is.</param>
/// <param name="AurocError">Its standard error by DeLong et al. 1988, or null where a side has one image.</param>
/// <param name="FalsePositives">The share of other images at or above the threshold that 95 % of the classes' images reach; NaN where a score is.</param>
/// <param name="FalsePositivesError">Its binomial standard error, the threshold taken as given.</param>
internal sealed record Detection(double Auroc, double? AurocError, double FalsePositives, double FalsePositivesError)
{
    private const double TruePositives = 0.95;

    /// <summary>Compares scores.</summary>
    /// <param name="inside">Of images of the classes, at least one.</param>
    /// <param name="outside">Of others, at least one.</param>
    public static Detection Of(double[] inside, double[] outside)
    {
        if (inside.Concat(outside).Any(double.IsNaN)) return new(double.NaN, null, double.NaN, double.NaN);
        double[] lower = [.. outside.Order()], upper = [.. inside.Order()];
        var won = inside.Select(x => Below(lower, x)).ToArray();
        var lost = outside.Select(x => 1 - Below(upper, x)).ToArray();
        double? error = inside.Length > 1 && outside.Length > 1 ? Math.Sqrt(Variance(won) / won.Length + Variance(lost) / lost.Length) : null;

        var threshold = upper[inside.Length - (int)Math.Ceiling(TruePositives * inside.Length)];
        var positives = (double)outside.Count(x => x >= threshold) / outside.Length;
        return new(won.Average(), error, positives, Math.Sqrt(positives * (1 - positives) / outside.Length));
    }

    /// <summary>The share of sorted values below one, those equal to it counting half.</summary>
    private static double Below(double[] sorted, double value) => (First(sorted, value, orEqual: false) + First(sorted, value, orEqual: true)) / (2.0 * sorted.Length);

    /// <summary>How many sorted values are below one, or not above it.</summary>
    private static int First(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
    }
}
