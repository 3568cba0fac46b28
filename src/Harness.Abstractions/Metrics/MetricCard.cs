namespace Harness;

/// <summary>What a metric measures, needs and costs.</summary>
public sealed record MetricCard
{
    /// <summary>Every quantity the metric may report. Reporting another is an error.</summary>
    public required IReadOnlyList<Quantity> Quantities { get; init; }

    /// <summary>What must be at hand. Only what some metric needs at an epoch is computed.</summary>
    public required MetricNeeds Needs { get; init; }

    /// <summary>
    /// What it measures more of where it is at hand, which <see cref="Snapshot.Has"/> tells. While a network is trained all is at hand; a file of features holds no network, and may hold
    /// no test images.
    /// </summary>
    public MetricNeeds Uses { get; init; }

    /// <summary>What a measurement costs beside the shared pass over the data, in words: passes, backward passes, memory.</summary>
    public required string Cost { get; init; }

    /// <summary>When it runs where a manifest does not say: what is expensive asks for the ends alone.</summary>
    public MeasureAt DefaultAt { get; init; } = MeasureAt.Every;
}
