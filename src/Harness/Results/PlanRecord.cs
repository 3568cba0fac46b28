using System.Text.Json.Nodes;
using Harness.Manifests;

namespace Harness.Results;

/// <summary>plan.json: the run as planned.</summary>
public sealed record PlanRecord
{
    /// <summary>Version of the run folder's layout; a reader refuses one it does not know.</summary>
    public int Schema { get; init; } = 1;

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary>The matrix in the manifest's order, each with the key its folder is named by.</summary>
    public required IReadOnlyList<PlannedCell> Cells { get; init; }

    /// <summary>What the metrics measure.</summary>
    public required IReadOnlyList<QuantityRecord> Quantities { get; init; }

    /// <summary>The data sets' titles by label: "mnist" is "MNIST".</summary>
    public required IReadOnlyDictionary<string, string> DatasetTitles { get; init; }
}

/// <summary>One planned cell.</summary>
/// <param name="Key">Its content key: the name of its folder.</param>
/// <param name="Spec">What it is.</param>
/// <param name="Identity">All that the key is a hash of; null in a plan of an older harness.</param>
/// <param name="DeviceKind">The kind of device that it runs on, "cpu" or "cuda"; null where an older version wrote this.</param>
public sealed record PlannedCell(string Key, CellSpec Spec, JsonObject? Identity = null, string? DeviceKind = null);
