namespace Harness.Reporting.Numbers;

/// <summary>The numbers of the verdict: counts over all cells, changes over the pairs of the matrix.</summary>
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

    /// <summary>Most seeds a pair of the matrix has.</summary>
    public required int Seeds { get; init; }

    /// <summary>Pairs of the matrix of which a seed ran to its end.</summary>
    public required int Pairs { get; init; }

    /// <summary>Of those, how many reached the terminal phase with each seed that ran to its end.</summary>
    public required int TerminalPairs { get; init; }

    /// <summary>Cells of the matrix that ran to their end: of a sweep only those of the chosen learning rate.</summary>
    public required int InMatrix { get; init; }

    /// <summary>Of those, how many reached the terminal phase.</summary>
    public required int TerminalInMatrix { get; init; }

    /// <summary>The sweeps of learning rates.</summary>
    public required IReadOnlyList<SweepChoice> Sweeps { get; init; }

    /// <summary>The natural logarithm of the factor by which NC1 fell from the first measured epoch to the last; where both are positive and finite.</summary>
    public required Change Nc1Fall { get; init; }

    /// <summary>By how much the relative DeepFool radius changed within the terminal phase.</summary>
    public required Change Radius { get; init; }

    /// <summary>By how much test accuracy, a share, changed within the terminal phase.</summary>
    public required Change Accuracy { get; init; }

    /// <summary>Whether NC1 goes with the DeepFool radius; null where either was not measured.</summary>
    public required Association? Together { get; init; }

    /// <summary>What statistics count, for people: a cell, and where cells have several seeds, a pair of them.</summary>
    public string Noun => Seeds > 1 ? "pair" : "cell";

    /// <summary>Takes the numbers from a run.</summary>
    public static Summary Of(RunView run)
    {
        var ended = run.Pairs.Select(p => p.Seeds.Where(s => s.Done).ToArray()).Where(seeds => seeds.Length > 0).ToArray();
        return new()
        {
            Planned = run.Cells.Count,
            Done = run.Cells.Count(c => c.Done),
            Failed = run.Cells.Count(c => c.Failed),
            Terminal = run.Cells.Count(c => c.Done && c.TerminalPhaseEpoch is not null),
            Seeds = run.Pairs.Select(p => p.Seeds.Count).DefaultIfEmpty(0).Max(),
            Pairs = ended.Length,
            TerminalPairs = ended.Count(seeds => seeds.All(s => s.TerminalPhaseEpoch is not null)),
            InMatrix = ended.Sum(seeds => seeds.Length),
            TerminalInMatrix = ended.Sum(seeds => seeds.Count(s => s.TerminalPhaseEpoch is not null)),
            Sweeps = run.Sweeps,
            Nc1Fall = Change.Of(run, LogarithmOfFall),
            Radius = Change.Of(run, cell => cell.ChangeInTerminalPhase(Reading.Radius)),
            Accuracy = Change.Of(run, cell => cell.ChangeInTerminalPhase(Reading.TestAccuracy)),
            Together = run.Robustness.Of(Reading.Nc1, Reading.Radius),
        };
    }

    /// <summary>ln of NC1 at the first measured epoch over NC1 at the last; null unless the cell is done and has both.</summary>
    public static double? LogarithmOfFall(CellView cell)
    {
        var curve = cell[Reading.Nc1];
        return cell.Done && curve.Points.Count > 1 && Positive(curve.First) && Positive(curve.Last) ? Math.Log(curve.First!.Value / curve.Last!.Value) : null;
    }

    private static bool Positive(double? value) => value is > 0 and < double.PositiveInfinity;
}
