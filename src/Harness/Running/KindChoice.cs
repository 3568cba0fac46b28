using Harness.Manifests;
using Harness.Planning;

namespace Harness.Running;

/// <summary>
/// The kind of device that each cell runs on, where a run has several. It is part of what the cell is, so it hangs on the cell alone: not on the other cells, not on how many devices
/// there are, not on what was measured.
/// </summary>
public static class KindChoice
{
    /// <summary>
    /// Training and measuring of so many operations take one processor some minutes, about what a GPU's process takes to start and a launch-bound one to train; what is more goes to
    /// the GPU.
    /// </summary>
    public const double LargestOnACpu = 1e13;

    /// <summary>Chooses.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="kinds">The kinds there are; where there is one it is that.</param>
    /// <param name="costs">What cells cost, by name; one that is not there, or cannot be counted, may be large.</param>
    public static string Of(CellSpec cell, IReadOnlyList<string> kinds, IReadOnlyDictionary<string, CellCost> costs)
    {
        if (kinds is [var only]) return only;
        var cost = costs.GetValueOrDefault(cell.Name);
        return cost?.TrainingFlops + cost?.MeasuringFlops <= LargestOnACpu ? "cpu" : "cuda";
    }
}
