using Harness.Manifests;
using Harness.Results;

namespace Harness.Watching;

/// <summary>How long a cell will still take, by the clock times of its own epochs.</summary>
public static class CellPace
{
    /// <summary>Epochs that tell today's speed: the machine may have been busier before.</summary>
    private const int Recent = 50;

    /// <summary>Seconds to its last epoch; null before the first has ended.</summary>
    /// <param name="cell">What it is.</param>
    /// <param name="timings">Clock times of its epochs.</param>
    /// <param name="epoch">The last epoch trained.</param>
    public static double? SecondsLeft(CellSpec cell, IReadOnlyList<EpochTiming> timings, int epoch)
    {
        if (timings.Count == 0) return null;
        var measured = cell.MeasuredEpochs.Append(cell.Training.Epochs).ToHashSet();
        var training = timings.TakeLast(Recent).Average(t => t.TrainSeconds);
        var measuring = timings.Where(t => measured.Contains(t.Epoch)).Select(t => t.MeasureSeconds).DefaultIfEmpty().Average();
        return (training * Math.Max(0, cell.Training.Epochs - epoch)) + (measuring * measured.Count(e => e > epoch));
    }
}
