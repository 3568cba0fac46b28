using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Comparing;

/// <summary>A run as it is compared.</summary>
internal sealed class ComparedRun
{
    /// <summary>Reads it.</summary>
    /// <param name="folder">Its folder, finished or not.</param>
    /// <exception cref="RunFolderException">It holds no run, or a damaged one.</exception>
    public ComparedRun(RunFolder folder)
    {
        Folder = folder;
        var plan = folder.ReadPlan();
        View = new(plan, folder.ReadEnvironment(), folder.ReadCells(plan, (place, cell) => new CellView(place, cell)));
        Declared = plan.Quantities.ToDictionary(q => $"{q.Metric}/{q.Quantity.Name}", q => q.Quantity);
    }

    /// <summary>Its folder.</summary>
    public RunFolder Folder { get; }

    /// <summary>It as the report reads it.</summary>
    public RunView View { get; }

    /// <summary>Its quantities by id.</summary>
    public IReadOnlyDictionary<string, Quantity> Declared { get; }

    /// <summary>The plan's cell of a view.</summary>
    public PlannedCell Planned(CellView cell) => View.Plan.Cells[cell.Place];

    /// <summary>The finished cells of one place of the matrix.</summary>
    public IReadOnlyList<CellView> Done(string architecture, string dataset) => [.. View.At(architecture, dataset).Where(c => c.Done)];
}
