using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>Has the report made again after each cell's end.</summary>
/// <param name="write">Makes it; throws nothing.</param>
public sealed class ReportWhenCellsEnd(Action write) : IRunObserver
{
    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device)
    {
    }

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone)
    {
    }

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result) => write();
}
