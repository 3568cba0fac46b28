using Harness.Reporting.Numbers;

namespace Harness.Reporting.Cells;

/// <summary>How much of the page each cell has for what is large, so that a page of many cells stays small: it is shared out evenly.</summary>
/// <param name="Pictures">Bytes of PNG of one cell that shows any.</param>
/// <param name="EveryCell">Whether every cell shows pictures; else the first seed of each place of the matrix that has a result does.</param>
/// <param name="CurveValues">Values of curves of one cell; the ends of the terminal phase are shown whatever they take.</param>
internal sealed record CellRoom(int Pictures, bool EveryCell, int CurveValues)
{
    /// <summary>Of the page in all: bytes of PNG, which take four thirds of that in it, and values, which take about four bytes each.</summary>
    private const int AllPictures = 1_100_000, AllValues = 300_000;

    /// <summary>What is worth showing of one cell.</summary>
    private const int LeastPictures = 40_000;

    /// <summary>Shares it out among the cells of the matrix.</summary>
    /// <param name="run">The run.</param>
    public static CellRoom Of(RunView run)
    {
        var cells = Math.Max(1, run.Matrix.Count);
        var every = AllPictures / cells >= LeastPictures;
        var places = run.Matrix.Select(c => (c.Spec.Architecture.Label, c.Spec.Dataset.Label)).Distinct().Count();
        return new(AllPictures / (every ? cells : Math.Max(1, places)), every, AllValues / cells);
    }

    /// <summary>Whether a cell shows pictures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cell">One of its cells.</param>
    public bool Shows(RunView run, CellView cell) =>
        EveryCell || run.At(cell.Spec.Architecture.Label, cell.Spec.Dataset.Label) is var seeds && (seeds.FirstOrDefault(s => s.Result is not null) ?? seeds[0]) == cell;
}
