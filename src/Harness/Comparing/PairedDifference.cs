namespace Harness.Comparing;

/// <summary>How much a quantity differs between two sets of cells that were trained with the same seeds.</summary>
/// <param name="Pairs">How many seeds both have.</param>
/// <param name="IsRatio">Whether it is a ratio, to / from, as for quantities that are drawn on a logarithmic axis: the mean is then geometric.</param>
/// <param name="Mean">The mean over the pairs of to − from, or of to / from.</param>
/// <param name="Low">Lower end of the 95 % interval of the mean, by Student's t over the pairs; null with one pair, which says nothing of the spread.</param>
/// <param name="High">Its upper end.</param>
public sealed record PairedDifference(int Pairs, bool IsRatio, double Mean, double? Low = null, double? High = null)
{
    /// <summary>Whether the interval leaves out no difference.</summary>
    public bool IsClear => Low is { } low && High is { } high && (IsRatio ? low > 1 || high < 1 : low > 0 || high < 0);

    /// <summary>Takes it from pairs.</summary>
    /// <param name="pairs">At least one; all finite.</param>
    /// <param name="ratio">Whether a ratio is wanted; only where all are positive it is one.</param>
    public static PairedDifference Of(IReadOnlyList<(double From, double To)> pairs, bool ratio)
    {
        ratio = ratio && pairs.All(p => p is { From: > 0, To: > 0 });
        var steps = pairs.Select(p => ratio ? Math.Log(p.To / p.From) : p.To - p.From).ToArray();
        var mean = steps.Average();
        double Back(double step) => ratio ? Math.Exp(step) : step;
        if (steps.Length == 1) return new(1, ratio, Back(mean));
        var error = Math.Sqrt(steps.Sum(s => (s - mean) * (s - mean)) / (steps.Length - 1) / steps.Length);
        var half = StudentT.Quantile975(steps.Length - 1) * error;
        return new(steps.Length, ratio, Back(mean), Back(mean - half), Back(mean + half));
    }
}
