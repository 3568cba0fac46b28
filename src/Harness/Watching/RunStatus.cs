using Harness.Results;

namespace Harness.Watching;

/// <summary>How a run stands: read from its folder alone, while it runs or after.</summary>
public sealed record RunStatus
{
    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary>The run folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether a run is at work on the folder now: it holds the folder's lock.</summary>
    public required bool Running { get; init; }

    /// <summary>The quantity that stands for each cell's measurements; null where the run draws none.</summary>
    public HeadlineQuantity? Headline { get; init; }

    /// <summary>The cells, in the plan's order.</summary>
    public required IReadOnlyList<CellStatus> Cells { get; init; }

    /// <summary>Cells whose folders are kept and that are not in the plan any more.</summary>
    public required IReadOnlyList<StaleCell> Stale { get; init; }

    /// <summary>How many cells stand so.</summary>
    /// <param name="state">How.</param>
    public int Count(CellState state) => Cells.Count(c => c.State == state);

    /// <summary>
    /// Seconds to the end of the whole matrix, an estimate; null where no cell runs or no speed is known. A cell that has not begun is taken to cost what cells
    /// with the same architecture and data set cost in this run, else what cells cost on the average.
    /// </summary>
    public double? SecondsLeft { get => field ?? Estimate(); init; }

    /// <summary>Reads it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RunFolderException">It holds no run, one of another layout, or a damaged plan.</exception>
    public static RunStatus Of(RunFolder folder)
    {
        var plan = folder.ReadPlan();
        var headline = HeadlineQuantity.Of(plan.Quantities);
        return new()
        {
            Name = plan.Name,
            Folder = folder.Path,
            Running = FolderLock.IsHeld(folder.Path),
            Headline = headline,
            Cells = [.. plan.Cells.Select(cell => CellStatus.Of(folder.Cell(cell.Key), cell, headline))],
            Stale = StaleCell.In(folder, plan),
        };
    }

    private double? Estimate()
    {
        var distinct = Cells.DistinctBy(c => c.Key).ToList();
        var running = distinct.Where(c => c.State == CellState.Running).ToList();
        var known = distinct.Where(c => c.State == CellState.Done || (c.State == CellState.Running && c.SecondsLeft is not null)).ToList();
        if (running.Count == 0 || known.Count == 0) return null;
        var average = known.Average(Whole);
        var alike = known.GroupBy(Kind).ToDictionary(g => g.Key, g => g.Average(Whole));
        double Left(CellStatus cell) => cell.SecondsLeft ?? Math.Max(0, alike.GetValueOrDefault(Kind(cell), average) - cell.Seconds);
        var work = running.Sum(Left) + distinct.Where(c => c.State == CellState.Waiting).Sum(Left);
        return Math.Max(running.Max(Left), work / running.Count);
    }

    private static double Whole(CellStatus cell) => cell.Seconds + (cell.SecondsLeft ?? 0);

    /// <summary>The name without its seed.</summary>
    private static string Kind(CellStatus cell) => cell.Name[..cell.Name.LastIndexOf('/')];
}
