using Harness.Results;
using Harness.Training;

namespace Harness.Running;

/// <summary>Hears what happens to the cells of a run, one thing at a time, whichever thread it comes from.</summary>
public interface IRunObserver
{
    /// <summary>A cell's process is about to be started.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="device">Where it will run: "cpu" or "cuda:N".</param>
    void Started(PlannedCell cell, string device);

    /// <summary>A cell's process said something.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="message">What it said.</param>
    void Heard(PlannedCell cell, CellMessage message);

    /// <summary>A cell's process ended.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="result">How.</param>
    void Ended(PlannedCell cell, CellResult result);
}
