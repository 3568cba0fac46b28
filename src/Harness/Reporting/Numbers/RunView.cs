using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A run as the report reads it: the matrix with its labels in the plan's order.</summary>
/// <param name="Record">What the folder holds.</param>
internal sealed record RunView(RunRecord Record)
{
    /// <summary>Every cell, in the plan's order.</summary>
    public IReadOnlyList<CellView> Cells { get; } = [.. Record.Cells.Select((cell, place) => new CellView(place, cell))];

    /// <summary>Rows of the matrix.</summary>
    public IReadOnlyList<string> Architectures { get; } = [.. Record.Cells.Select(c => c.Spec.Architecture.Label).Distinct()];

    /// <summary>Columns of the matrix.</summary>
    public IReadOnlyList<string> Datasets { get; } = [.. Record.Cells.Select(c => c.Spec.Dataset.Label).Distinct()];

    /// <summary>The seeds of one place of the matrix; empty where the plan has none there.</summary>
    public IReadOnlyList<CellView> At(string architecture, string dataset) =>
        [.. Cells.Where(c => c.Record.Spec.Architecture.Label == architecture && c.Record.Spec.Dataset.Label == dataset)];

    /// <summary>A data set's title; its label where that says more, as in "glyphs-hard".</summary>
    public string Title(string dataset) => Record.Plan.DatasetTitles.GetValueOrDefault(dataset, dataset);

    /// <summary>A cell's name for people: "ResNet18 on MNIST, seed 0".</summary>
    public string Name(CellView cell) => $"{cell.Record.Spec.Architecture.Label} on {Title(cell.Record.Spec.Dataset.Label)}, seed {cell.Record.Spec.Seed}";

    /// <summary>The declared figures, the paper's own first.</summary>
    public IReadOnlyList<FigureView> Figures { get; } = FigureView.Of(Record);
}
