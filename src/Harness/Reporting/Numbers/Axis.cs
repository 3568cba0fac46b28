using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A quantity that can be set against another.</summary>
/// <param name="Reading">What it draws.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Metric">The metric it is of.</param>
/// <param name="Sign">1 where more of it is more collapsed, better or more robust, −1 where less is: correlations are told in those words.</param>
/// <param name="Logarithmic">Whether it is drawn on a logarithmic axis.</param>
internal sealed record Axis(Reading Reading, string Title, string Metric, int Sign, bool Logarithmic)
{
    /// <summary>What is drawn in a figure and measures collapse.</summary>
    public static IReadOnlyList<Axis> Collapse(RunView run) => Of(run, Reading.Nc1, (direction, _) => direction is Direction.LowerIsCollapsed or Direction.HigherIsCollapsed);

    /// <summary>What is drawn in a figure and measures robustness.</summary>
    public static IReadOnlyList<Axis> Robustness(RunView run) => Of(run, Reading.Radius, (direction, _) => direction is Direction.HigherIsRobust);

    /// <summary>What is drawn in a figure and measures how well a network does on test images.</summary>
    public static IReadOnlyList<Axis> Generalization(RunView run) =>
        Of(run, Reading.TestAccuracy, (direction, split) => split == Split.Test && direction is Direction.HigherIsBetter or Direction.LowerIsBetter);

    private static IReadOnlyList<Axis> Of(RunView run, Reading first, Func<Direction, Split?, bool> isOne)
    {
        var measured = run.Matrix.SelectMany(c => c.Curves).Select(c => new Reading(c.Id, c.Split)).ToHashSet();
        var axes = from record in run.Plan.Quantities
                   where record.Quantity.Figure is not null
                   orderby record.Quantity.Figure!.Order
                   let id = $"{record.Metric}/{record.Quantity.Name}"
                   let splits = ((Split?[])[null, Split.Train, Split.Test]).Where(split => measured.Contains(new(id, split))).ToArray()
                   from split in splits
                   where isOne(record.Quantity.Direction, split)
                   select new Axis(new(id, split), TitleOf(record, split), record.Metric, SignOf(record.Quantity.Direction), record.Quantity.Scale == AxisScale.Log);
        return [.. axes.OrderBy(axis => axis.Reading != first)];
    }

    private static string TitleOf(QuantityRecord record, Split? split)
    {
        var quantity = record.Quantity;
        var title = new Reading($"{record.Metric}/{quantity.Name}", split) switch
        {
            var r when r.Id == Reading.Nc1.Id => "NC1, within-class variability",
            _ => quantity.Title,
        };
        return title + split switch { Split.Train => ", training images", Split.Test => ", test images", _ => "" };
    }

    private static int SignOf(Direction direction) => direction is Direction.LowerIsCollapsed or Direction.LowerIsBetter ? -1 : 1;
}
