namespace Harness.Results;

/// <summary>A declared quantity as plan.json keeps it, so that a report can be made where the plugins are not.</summary>
/// <param name="Metric">The metric plugin.</param>
/// <param name="Quantity">Its declaration.</param>
public sealed record QuantityRecord(string Metric, Quantity Quantity);
