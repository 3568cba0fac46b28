namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>Wilson's score interval of a share (Wilson 1927), at 95 %: unlike the standard error it does not shrink to nothing where the share is 0 or 1.</summary>
internal static class Wilson
{
    private const double Z = 1.959963984540054;

    /// <summary>Both ends, in [0,1].</summary>
    /// <param name="count">Successes.</param>
    /// <param name="of">Trials, at least 1.</param>
    public static (double Low, double High) Interval(int count, int of)
    {
        var share = (double)count / of;
        var centre = (share + Z * Z / (2 * of)) / (1 + Z * Z / of);
        var half = Z / (1 + Z * Z / of) * Math.Sqrt(share * (1 - share) / of + Z * Z / (4.0 * of * of));
        // Exact at the edges, where the difference of two equal numbers may round away from it.
        return (count == 0 ? 0 : centre - half, count == of ? 1 : centre + half);
    }
}
