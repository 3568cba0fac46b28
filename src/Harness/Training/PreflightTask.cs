using Harness.Manifests;

namespace Harness.Training;

/// <summary>What the preflight child is to do, in the order of <see cref="PreflightStage"/>; a line of JSON on its standard input.</summary>
public sealed record PreflightTask
{
    /// <summary>The cells it is about.</summary>
    public required IReadOnlyList<CellSpec> Cells { get; init; }

    /// <summary>Whether data sets are opened and networks built.</summary>
    public bool Check { get; init; }

    /// <summary>Whether it is counted what the networks cost.</summary>
    public bool Count { get; init; }

    /// <summary>The cells whose training steps are timed: by their names the device, "cpu" or "cuda:N".</summary>
    public IReadOnlyDictionary<string, string> Time { get; init; } = new Dictionary<string, string>();
}

/// <summary>The parts of a preflight, in their order.</summary>
public enum PreflightStage
{
    /// <summary>Whether all can be opened and built.</summary>
    Check,

    /// <summary>What the networks cost.</summary>
    Count,

    /// <summary>How long a few training steps take.</summary>
    Time,
}
