using Harness.Results;

namespace Harness.Exporting;

/// <summary>The rows of a run, cell by cell, from its folder alone.</summary>
/// <param name="folder">The run's folder.</param>
internal sealed class NumberRows(RunFolder folder)
{
    /// <summary>The metric that training.jsonl counts as.</summary>
    public const string Training = "training";

    private static readonly Quantity Undeclared = new() { Name = "", Title = "", Formula = "", Source = "", Unit = "" };

    private readonly PlanRecord plan = folder.ReadPlan();

    /// <summary>The plan.</summary>
    public PlanRecord Plan => plan;

    /// <summary>Each cell that has numbers with its rows, by epoch, in the plan's order. One cell is in memory at a time.</summary>
    public IEnumerable<(CellRecord Cell, IReadOnlyList<NumberRow> Rows)> ByCell() =>
        plan.Cells.DistinctBy(c => c.Key).Select(folder.ReadCell).Select(cell => (Cell: cell, Rows: Of(cell))).Where(c => c.Rows.Count > 0);

    private IReadOnlyList<NumberRow> Of(CellRecord cell)
    {
        var declared = plan.Quantities.ToDictionary(q => (q.Metric, q.Quantity.Name), q => q.Quantity);
        var terminal = cell.Result?.TerminalPhaseEpoch ?? cell.Epochs.LastOrDefault()?.TerminalPhaseEpoch;
        var rows = new List<NumberRow>();
        foreach (var epoch in cell.Epochs)
        {
            Add(epoch.Epoch, Training, "loss", Split.Train, "nats", Direction.LowerIsBetter, epoch.Loss);
            Add(epoch.Epoch, Training, "error", Split.Train, "1", Direction.LowerIsBetter, epoch.Error);
            Add(epoch.Epoch, Training, "learning-rate", null, "1", Direction.None, epoch.LearningRate);
        }
        foreach (var m in cell.Measurements.Where(m => m.Error is null))
        {
            var quantity = declared.GetValueOrDefault((m.Metric, m.Quantity), Undeclared);
            if (m.Value is { } value) Add(m.Epoch, m.Metric, m.Quantity, m.Split, quantity.Unit, quantity.Direction, value, m.StandardError);
            if (m is { X: { } x, Y: { } y })
                foreach (var (position, at) in x.Zip(y)) Add(m.Epoch, m.Metric, m.Quantity, m.Split, quantity.Unit, quantity.Direction, at, position: position);
            if (m.Matrix is { } matrix)
                foreach (var (row, values) in matrix.Values.Index())
                    foreach (var (column, at) in values.Index()) Add(m.Epoch, m.Metric, m.Quantity, m.Split, quantity.Unit, quantity.Direction, at, position: row, column: column);
        }
        return [.. rows.OrderBy(r => r.Epoch)];

        void Add(int epoch, string metric, string quantity, Split? split, string unit, Direction direction, double value, double? error = null, double? position = null, double? column = null) =>
            rows.Add(new()
            {
                Run = plan.Name,
                Cell = cell.Spec.Name,
                Key = cell.Key,
                Architecture = cell.Spec.Architecture.Label,
                Dataset = cell.Spec.Dataset.Label,
                Seed = cell.Spec.Seed,
                LearningRate = cell.Spec.Training.LearningRate,
                Outcome = cell.Result is { } result ? Json.Name(result.Outcome) : null,
                Epoch = epoch,
                Phase = epoch >= terminal ? "terminal" : "before",
                Metric = metric,
                Quantity = quantity,
                Split = split is { } images ? Json.Name(images) : null,
                Position = position,
                Column = column,
                Value = value,
                StandardError = error,
                Unit = unit,
                Direction = Json.Name(direction),
            });
    }
}
