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
    public double? At(int? epoch) => Points.Where(p => p.Epoch == epoch).Select(p => (double?)p.Value).FirstOrDefault();

    /// <summary>The scalars of a cell, in the order they were first measured.</summary>
    public static IReadOnlyList<Curve> Of(IEnumerable<Measurement> measurements) =>
    [
        .. measurements.Where(m => m.Value is not null && m.Error is null).GroupBy(m => (m.Metric, m.Quantity, m.Split))
            .Select(g => new Curve(g.First().Id, g.Key.Split, PointsOf(g))),
    ];

    /// <summary>By epoch; of several at one epoch the last.</summary>
    private static List<Point> PointsOf(IEnumerable<Measurement> measurements)
    {
        var points = new List<Point>();
        foreach (var m in measurements.OrderBy(m => m.Epoch))
        {
            if (points.Count > 0 && points[^1].Epoch == m.Epoch) points.RemoveAt(points.Count - 1);
            points.Add(new(m.Epoch, m.Value!.Value, m.StandardError));
        }
        return points;
    }
}

/// <summary>One value.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Value">The number.</param>
/// <param name="StandardError">Where known.</param>
internal readonly record struct Point(int Epoch, double Value, double? StandardError);
