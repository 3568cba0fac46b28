using Harness;
using Harness.Measuring;
using Harness.Results;

namespace Metrics.Tests;

/// <summary>Runs a metric as the host does.</summary>
internal static class Collected
{
    /// <summary>Everything the metric reports of the snapshot; an exception of the metric fails the test.</summary>
    public static IReadOnlyList<Measurement> Of(IMetric metric, EpochSnapshot snapshot)
    {
        var measurements = new List<Measurement>();
        new MetricRunner(measurements.Add, Assert.Fail).Run(snapshot, [("metric", metric)]);
        return measurements;
    }

    /// <summary>Everything the metric reports of the fixture.</summary>
    public static IReadOnlyList<Measurement> Of(IMetric metric, FeatureFixture fixture)
    {
        using var snapshot = fixture.Snapshot();
        return Of(metric, snapshot);
    }

    /// <summary>Everything the metric reports of the fixture beside images out of distribution.</summary>
    public static IReadOnlyList<Measurement> Of(IMetric metric, FeatureFixture fixture, double[][] outOfDistribution)
    {
        using var snapshot = fixture.Snapshot(outOfDistribution);
        return Of(metric, snapshot);
    }

    /// <summary>The value of one quantity.</summary>
    public static double Value(this IEnumerable<Measurement> measurements, string quantity, Split? split) =>
        measurements.Single(m => m.Quantity == quantity && m.Split == split).Value!.Value;
}
