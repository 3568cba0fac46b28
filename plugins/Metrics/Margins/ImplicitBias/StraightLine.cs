namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>The least-squares line through points.</summary>
/// <param name="Slope">Its slope; NaN with fewer than three points.</param>
/// <param name="R2">The share of the variance that it explains; NaN with fewer than three points.</param>
internal readonly record struct StraightLine(double Slope, double R2)
{
    private const int Fewest = 3;

    /// <summary>Fits; points that are no numbers are passed over.</summary>
    /// <param name="points">x and y.</param>
    public static StraightLine Of(IEnumerable<(double X, double Y)> points)
    {
        var known = points.Where(p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToArray();
        if (known.Length < Fewest) return new(double.NaN, double.NaN);
        var (x, y) = (known.Average(p => p.X), known.Average(p => p.Y));
        var (xx, xy, yy) = (known.Sum(p => (p.X - x) * (p.X - x)), known.Sum(p => (p.X - x) * (p.Y - y)), known.Sum(p => (p.Y - y) * (p.Y - y)));
        return new(xy / xx, yy == 0 ? 1 : xy * xy / (xx * yy));
    }
}
