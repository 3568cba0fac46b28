using System.Text.Json;
using Harness.Manifests;
using Harness.Results;

namespace Harness.Planning;

/// <summary>Clock times of an earlier run, for cells with the same network on images of the same kind in batches of the same size. Like speeds hold on a like machine only.</summary>
/// <param name="run">The run.</param>
public sealed class MeasuredSpeeds(RunRecord run)
{
    private readonly ILookup<string, CellRecord> cells = run.Cells.Where(c => c.Timings.Count > 0).ToLookup(c => Likeness(c.Spec));

    /// <summary>How long a cell would take, or null where the run has none like it.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="cost">Its numbers of images and epochs.</param>
    public double? Seconds(CellSpec cell, CellCost cost)
    {
        var like = cells[Likeness(cell)].ToList();
        if (like.Count == 0) return null;
        var speed = Median(like.SelectMany(c => c.Timings).Select(t => t.ImagesPerSecond));
        // An evaluation that only looks for the terminal phase is no measuring.
        var measured = like.SelectMany(c => c.Timings.Where(t => c.Spec.MeasuredEpochs.Contains(t.Epoch)).Select(t => t.MeasureSeconds / Images(c, cost))).OfType<double>().ToList();
        return cost.TrainImages * cost.Epochs / speed + (measured.Count == 0 ? 0 : Median(measured) * (cost.TrainImages + cost.TestImages) * cost.MeasuredEpochs);
    }

    /// <summary>Images of a measurement; those of the plan where the earlier cell has not told.</summary>
    private static double? Images(CellRecord cell, CellCost cost) =>
        cell.Result?.Facts is { } facts ? facts.TrainCount + facts.TestCount : cost.TrainImages + cost.TestImages;

    /// <summary>What cells that take as long for an image have in common.</summary>
    /// <param name="cell">The cell.</param>
    internal static string Likeness(CellSpec cell)
    {
        var (dataset, images) = (cell.Dataset, cell.Dataset.Subsample);
        return JsonSerializer.Serialize(
            new object?[]
            {
                cell.Architecture.Plugin, cell.Architecture.Options, dataset.Plugin, dataset.Options, images.Classes, images.ImageSize, images.PadTo,
                cell.Training.BatchSize, cell.Training.Precision, cell.Training.MemoryFormat,
            },
            Json.Line);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
