using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>Several observers, told in their order.</summary>
/// <param name="observers">They.</param>
public sealed class RunObservers(params IReadOnlyList<IRunObserver> observers) : IRunObserver
{
    /// <inheritdoc/>
    public void Started(PlannedCell cell, string device)
    {
        foreach (var observer in observers) observer.Started(cell, device);
    }

    /// <inheritdoc/>
    public void Heard(PlannedCell cell, CellMessage message)
    {
        foreach (var observer in observers) observer.Heard(cell, message);
    }

    /// <inheritdoc/>
    public void Retried(PlannedCell cell, CellResult failed, bool alone)
    {
        foreach (var observer in observers) observer.Retried(cell, failed, alone);
    }

    /// <inheritdoc/>
    public void Estimated(RunEstimate estimate)
    {
        foreach (var observer in observers) observer.Estimated(estimate);
    }

    /// <inheritdoc/>
    public void Ended(PlannedCell cell, CellResult result)
    {
        foreach (var observer in observers) observer.Ended(cell, result);
    }
}
