namespace Harness.Reporting.Numbers;

/// <summary>The numbers of the report's headline: counts over all cells, changes over those of the matrix that ran to their end.</summary>
internal sealed record Summary
{
    /// <summary>Cells planned.</summary>
    public required int Planned { get; init; }

    /// <summary>Cells that ran to their end.</summary>
    public required int Done { get; init; }

    /// <summary>Cells that ended otherwise.</summary>
    public required int Failed { get; init; }

    /// <summary>Of those done, how many reached the terminal phase.</summary>
    public required int Terminal { get; init; }

    /// <summary>Of those done, how many the matrix is made of: of a sweep only those of the chosen learning rate.</summary>
    public required int InMatrix { get; init; }

    /// <summary>The sweeps of learning rates.</summary>
    public required IReadOnlyList<SweepChoice> Sweeps { get; init; }

    /// <summary>By what factor NC1 fell from each cell's first measured epoch to its last; where both are positive and finite.</summary>
    public required IReadOnlyList<double> Nc1Factors { get; init; }

    /// <summary>By how much the relative DeepFool radius changed within the terminal phase.</summary>
    public required IReadOnlyList<double> RadiusChanges { get; init; }

    /// <summary>By how much test accuracy, a share, changed within the terminal phase.</summary>
    public required IReadOnlyList<double> AccuracyChanges { get; init; }

    /// <summary>Takes the numbers from a run.</summary>
    public static Summary Of(RunView run) => new()
    {
        Planned = run.Cells.Count,
        Done = run.Cells.Count(c => c.Done),
        Failed = run.Cells.Count(c => c.Failed),
        Terminal = run.Cells.Count(c => c.Done && c.TerminalPhaseEpoch is not null),
        InMatrix = run.Matrix.Count(c => c.Done),
        Sweeps = run.Sweeps,
        Nc1Factors = [.. run.Matrix.Where(c => c.Done).Select(c => c[Reading.Nc1]).Where(c => c.Points.Count > 1 && Positive(c.First) && Positive(c.Last)).Select(c => c.First!.Value / c.Last!.Value)],
        RadiusChanges = Changes(run, Reading.Radius),
        AccuracyChanges = Changes(run, Reading.TestAccuracy),
    };

    /// <summary>The middle value; of an even number, the mean of the middle two; null of none.</summary>
    public static double? Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static bool Positive(double? value) => value is > 0 and < double.PositiveInfinity;

    private static IReadOnlyList<double> Changes(RunView run, Reading reading) =>
        [.. run.Matrix.Select(c => c.InTerminalPhase(reading)).OfType<(double From, double To)>().Select(pair => pair.To - pair.From)];
}
