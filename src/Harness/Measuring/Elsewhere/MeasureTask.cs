using Harness.Manifests;

namespace Harness.Measuring.Elsewhere;

/// <summary>What the parent asks a child to measure.</summary>
/// <param name="File">The safetensors file.</param>
/// <param name="Metrics">With what.</param>
public sealed record MeasureTask(string File, IReadOnlyList<MetricUse> Metrics);
