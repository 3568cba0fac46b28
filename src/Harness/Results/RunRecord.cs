using Harness.Manifests;

namespace Harness.Results;

/// <summary>A run as read back from its folder: what a report is made of.</summary>
public sealed record RunRecord
{
    /// <summary>The plan.</summary>
    public required PlanRecord Plan { get; init; }

    /// <summary>The machine and the versions; null where the run has not got so far.</summary>
    public EnvironmentRecord? Environment { get; init; }

    /// <summary>The cells in the plan's order.</summary>
    public required IReadOnlyList<CellRecord> Cells { get; init; }
}

/// <summary>A cell as read back.</summary>
public sealed record CellRecord
{
    /// <summary>Its content key.</summary>
    public required string Key { get; init; }

    /// <summary>What it is.</summary>
    public required CellSpec Spec { get; init; }

    /// <summary>How it ended; null while it waits or runs.</summary>
    public CellResult? Result { get; init; }

    /// <summary>Everything measured so far, by epoch.</summary>
    public required IReadOnlyList<Measurement> Measurements { get; init; }

    /// <summary>How the training went so far, by epoch; empty in a folder of an older harness.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>Clock times so far, by epoch.</summary>
    public required IReadOnlyList<EpochTiming> Timings { get; init; }
}
