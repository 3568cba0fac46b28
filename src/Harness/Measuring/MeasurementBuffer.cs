using Harness.Results;

namespace Harness.Measuring;

/// <summary>Holds what one metric reports at one epoch until it has returned, since a metric that throws loses all of it.</summary>
/// <param name="epoch">The epoch.</param>
/// <param name="metric">The metric's name.</param>
/// <param name="card">Its card: quantities it does not declare are refused.</param>
internal sealed class MeasurementBuffer(int epoch, string metric, MetricCard card) : IMeasurementSink
{
    private readonly List<Measurement> reported = [];

    /// <summary>In the order of reporting.</summary>
    public IReadOnlyList<Measurement> Reported => reported;

    public void Scalar(Quantity quantity, Split? split, double value, double? standardError = null) =>
        Add(new(epoch, metric, quantity.Name, split, value, standardError));

    public void Curve(Quantity quantity, Split? split, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length)
            throw new ArgumentException($"The curve of '{quantity.Name}' has {x.Length} positions and {y.Length} values; they must be as many.");
        Add(new(epoch, metric, quantity.Name, split, Value: null, X: x.ToArray(), Y: y.ToArray()));
    }

    private void Add(Measurement measurement)
    {
        if (!card.Quantities.Any(q => q.Name == measurement.Quantity))
        {
            throw new InvalidOperationException(
                $"Metric '{metric}' reports '{measurement.Quantity}', which its card does not declare; " +
                $"it declares {string.Join(", ", card.Quantities.Select(q => q.Name))}.");
        }
        if (reported.Any(m => m.Quantity == measurement.Quantity && m.Split == measurement.Split))
        {
            var where = measurement.Split is { } split ? $" for the {split} split" : "";
            throw new InvalidOperationException($"Metric '{metric}' reports '{measurement.Quantity}' twice{where}.");
        }
        reported.Add(measurement);
    }
}
