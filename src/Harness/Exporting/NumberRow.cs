namespace Harness.Exporting;

/// <summary>One number of a run in tidy long form: what docs/export.md calls a row.</summary>
internal sealed record NumberRow
{
    /// <summary>The manifest's name.</summary>
    public required string Run { get; init; }

    /// <summary>The cell's name: "ResNet18/mnist/0".</summary>
    public required string Cell { get; init; }

    /// <summary>Its content key.</summary>
    public required string Key { get; init; }

    /// <summary>Label of its architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>Label of its data set.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its seed.</summary>
    public required long Seed { get; init; }

    /// <summary>The learning rate it started with.</summary>
    public required double LearningRate { get; init; }

    /// <summary>How it ended; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>The epoch at the end of which it was measured, from 1.</summary>
    public required long Epoch { get; init; }

    /// <summary>"terminal" from the first epoch of the terminal phase on, else "before".</summary>
    public required string Phase { get; init; }

    /// <summary>The metric plugin, or "training".</summary>
    public required string Metric { get; init; }

    /// <summary>The quantity within it.</summary>
    public required string Quantity { get; init; }

    /// <summary>"train" or "test"; null where it is of the weights alone.</summary>
    public string? Split { get; init; }

    /// <summary>Where on a curve, or the row of a matrix, from 0; null for a single number.</summary>
    public double? Position { get; init; }

    /// <summary>The column of a matrix, from 0.</summary>
    public double? Column { get; init; }

    /// <summary>The number; NaN and infinities are kept.</summary>
    public required double Value { get; init; }

    /// <summary>Its standard error over the sampled images, where known.</summary>
    public double? StandardError { get; init; }

    /// <summary>Its unit; "1" where it has none.</summary>
    public required string Unit { get; init; }

    /// <summary>Which way is more collapsed, better or more robust: "lower-is-collapsed".</summary>
    public required string Direction { get; init; }
}
