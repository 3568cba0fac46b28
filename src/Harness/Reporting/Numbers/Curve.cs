using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A quantity of one cell against the epoch. NaN and infinities are kept: they are holes, and say so.</summary>
/// <param name="Id">The quantity: metric/name.</param>
/// <param name="Split">The images, or null where it is of the weights alone.</param>
/// <param name="Points">By epoch, each epoch once.</param>
internal sealed record Curve(string Id, Split? Split, IReadOnlyList<Point> Points)
{
    /// <summary>At the first measured epoch.</summary>
    public double? First => Points.Count > 0 ? Points[0].Value : null;

    /// <summary>At the last measured epoch.</summary>
    public double? Last => Points.Count > 0 ? Points[^1].Value : null;

    /// <summary>At an epoch, or null where it was not measured then.</summary>
    public double? At(int? epoch) => Points.FirstOrDefault(p => p.Epoch == epoch)?.Value;

    /// <summary>The scalars of a cell, in the order they were first measured.</summary>
    public static IReadOnlyList<Curve> Of(IEnumerable<Measurement> measurements) =>
    [
        .. measurements.Where(m => m.Value is not null && m.Error is null).GroupBy(m => (m.Id, m.Split))
            .Select(g => new Curve(g.Key.Id, g.Key.Split, [.. g.GroupBy(m => m.Epoch).OrderBy(e => e.Key).Select(e => new Point(e.Key, e.Last().Value!.Value, e.Last().StandardError))])),
    ];
}

/// <summary>One value.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Value">The number.</param>
/// <param name="StandardError">Where known.</param>
internal sealed record Point(int Epoch, double Value, double? StandardError);
