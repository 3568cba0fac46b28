using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A metric that gave nothing.</summary>
/// <param name="Metric">The metric plugin.</param>
/// <param name="Message">Why.</param>
/// <param name="Epochs">At which epochs.</param>
internal sealed record MetricError(string Metric, string Message, IReadOnlyList<int> Epochs)
{
    /// <summary>Those of a cell, in the order they first came; a metric that said the same at several epochs is one.</summary>
    public static IReadOnlyList<MetricError> Of(IEnumerable<Measurement> measurements) =>
        [.. measurements.Where(m => m.Error is not null).GroupBy(m => (m.Metric, m.Error)).Select(g => new MetricError(g.Key.Metric, g.Key.Error!, [.. g.Select(m => m.Epoch)]))];
}
