using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>Clock times of a cell.</summary>
/// <param name="TrainSeconds">Training, over all epochs.</param>
/// <param name="MeasureSeconds">Measuring, over all epochs.</param>
/// <param name="ImagesPerSecond">Training images a second, the mean over epochs.</param>
internal sealed record CellTime(double TrainSeconds, double MeasureSeconds, double ImagesPerSecond)
{
    /// <summary>From the times of the epochs; null of none.</summary>
    public static CellTime? Of(IReadOnlyList<EpochTiming> epochs) =>
        epochs.Count == 0 ? null : new(epochs.Sum(t => t.TrainSeconds), epochs.Sum(t => t.MeasureSeconds), epochs.Average(t => t.ImagesPerSecond));
}
