using Harness.Results;

namespace Harness.Measuring;

/// <summary>What the metrics of a cell have reported so far, in numbers: for laws over time, which no epoch shows alone. A resumed cell has that of the epochs it was resumed after.</summary>
public sealed class MeasurementHistory
{
    private readonly Dictionary<(string Metric, string Quantity, Split? Split), List<EpochValue>> values = [];

    /// <summary>Adds measurements of an epoch after all those added before; what is no number is passed over.</summary>
    /// <param name="measurements">Of any metric.</param>
    public void Add(IEnumerable<Measurement> measurements)
    {
        foreach (var measurement in measurements)
        {
            if (measurement.Value is not { } value) continue;
            var key = (measurement.Metric, measurement.Quantity, measurement.Split);
            if (!values.TryGetValue(key, out var earlier)) values.Add(key, earlier = []);
            earlier.Add(new(measurement.Epoch, value));
        }
    }

    /// <summary>The values of one quantity, oldest first.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="quantity">The quantity's.</param>
    /// <param name="split">The images it was measured on.</param>
    public IReadOnlyList<EpochValue> Of(string metric, string quantity, Split? split) => values.TryGetValue((metric, quantity, split), out var earlier) ? earlier : [];
}
