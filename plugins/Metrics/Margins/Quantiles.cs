namespace Harness.Metrics.Margins;

/// <summary>Quantiles of a sample, between order statistics by a straight line.</summary>
/// <param name="values">At least one.</param>
internal sealed class Quantiles(IEnumerable<double> values)
{
    private readonly double[] sorted = [.. values.Order()];

    /// <summary>Where a share of the values is below.</summary>
    /// <param name="share">In [0, 1]; 0 is the least, 1 the largest.</param>
    public double At(double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
