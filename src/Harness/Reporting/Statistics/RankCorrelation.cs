namespace Harness.Reporting.Statistics;

/// <summary>Spearman's rank correlation, ties sharing the mean of their ranks (Spearman 1904; Kendall 1970, chapters 3 and 8).</summary>
internal static class RankCorrelation
{
    /// <summary>Fewest points that have one: two always correlate perfectly.</summary>
    public const int FewestPoints = 3;

    /// <summary>Spearman's rho, from −1 to 1; NaN of fewer than three points, or where one side does not vary.</summary>
    /// <param name="x">As many values as <paramref name="y"/>, all finite.</param>
    /// <param name="y">The values beside them.</param>
    public static double Of(double[] x, double[] y) => x.Length < FewestPoints ? double.NaN : Pearson(Ranks(x), Ranks(y));

    /// <summary>
    /// Spearman's rho of x and y with z held fixed: (r_xy − r_xz r_yz)/√((1 − r_xz²)(1 − r_yz²)) of the ranks. NaN of fewer than four points, and where one side does not vary or z alone gives its order.
    /// </summary>
    /// <param name="x">As many values as <paramref name="z"/>, all finite.</param>
    /// <param name="y">The values beside them.</param>
    /// <param name="z">What is held fixed.</param>
    public static double Partial(double[] x, double[] y, double[] z)
    {
        if (x.Length <= FewestPoints) return double.NaN;
        var (a, b, c) = (Ranks(x), Ranks(y), Ranks(z));
        var (xy, xz, yz) = (Pearson(a, b), Pearson(a, c), Pearson(b, c));
        var rest = (1 - xz * xz) * (1 - yz * yz);
        return rest > 1e-12 ? Math.Clamp((xy - xz * yz) / Math.Sqrt(rest), -1, 1) : double.NaN;
    }

    /// <summary>Ranks from 1; equal values share the mean of theirs.</summary>
    public static double[] Ranks(double[] values)
    {
        var (sorted, order, ranks) = (values.ToArray(), Enumerable.Range(0, values.Length).ToArray(), new double[values.Length]);
        Array.Sort(sorted, order);
        for (int first = 0, next; first < sorted.Length; first = next)
        {
            for (next = first + 1; next < sorted.Length && sorted[next] == sorted[first]; next++) { }
            for (var i = first; i < next; i++) ranks[order[i]] = (first + next + 1) / 2.0;
        }
        return ranks;
    }

    private static double Pearson(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        double xx = 0, yy = 0, xy = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
        }
        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1) : double.NaN;
    }
}
