namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>How large the squares of the Square attack are (Andriushchenko, Croce, Flammarion and Hein 2020, section 3 and supplement).</summary>
internal static class SquareSchedule
{
    /// <summary>The share of the pixels that the first squares cover, as AutoAttack sets it.</summary>
    private const double FirstShare = 0.8;

    /// <summary>Queries of the published schedule, after each of whose marks the share is halved; other budgets stretch it.</summary>
    private const int PublishedQueries = 10_000;

    private static readonly int[] Halvings = [10, 50, 200, 1000, 2000, 4000, 6000, 8000];

    /// <summary>The share of the pixels that a square covers.</summary>
    /// <param name="query">From 0.</param>
    /// <param name="queries">The budget, at least 1.</param>
    public static double Share(int query, int queries) => FirstShare / (1 << Halvings.Count(mark => (long)query * PublishedQueries > (long)mark * queries));

    /// <summary>The side of a square, in pixels: the whole number closest to √(share H W), within the image.</summary>
    /// <param name="share">Of the pixels.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="least">The smallest side, where the image is not smaller.</param>
    public static int Side(double share, int height, int width, int least) =>
        Math.Min(Math.Max((int)Math.Round(Math.Sqrt(share * height * width)), least), Math.Min(height, width));
}
