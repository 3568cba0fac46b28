namespace Harness.Planning;

/// <summary>What a whole plan is going to cost.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Cells">Its cells, in the plan's order.</param>
/// <param name="AssumedFlops">Sustained speed assumed, in floating-point operations a second; null where none is.</param>
/// <param name="SpeedRun">Run folder the speeds were measured in; null where none is given.</param>
public sealed record PlanCost(string Name, IReadOnlyList<CellCost> Cells, double? AssumedFlops, string? SpeedRun)
{
    /// <summary>Training of all cells whose network can be counted.</summary>
    public double TrainingFlops => Cells.Sum(c => c.TrainingFlops ?? 0);

    /// <summary>Measuring of all cells whose network can be counted.</summary>
    public double MeasuringFlops => Cells.Sum(c => c.MeasuringFlops ?? 0);

    /// <summary>All cells one after another; null where a cell has no time.</summary>
    public double? Seconds => Cells.All(c => c.Seconds is not null) ? Cells.Sum(c => c.Seconds!.Value) : null;
}
