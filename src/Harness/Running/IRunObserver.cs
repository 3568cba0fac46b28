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

    /// <summary>A cell's process failed, and the cell is going to be tried again; <see cref="Started"/> follows, and <see cref="Ended"/> only after its last try.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="failed">How it failed.</param>
    /// <param name="alone">Whether it will have its device to itself.</param>
    void Retried(PlannedCell cell, CellResult failed, bool alone);

    /// <summary>A cell's process ended, and the cell with it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="result">How.</param>
    void Ended(PlannedCell cell, CellResult result);

    /// <summary>More is known of how long it is still going to take. Comes every few seconds while cells run.</summary>
    /// <param name="estimate">All that is known.</param>
    void Estimated(RunEstimate estimate);
}
