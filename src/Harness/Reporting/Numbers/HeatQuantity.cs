using System.Globalization;

namespace Harness.Reporting.Numbers;

/// <summary>A number by which the matrix can be coloured.</summary>
/// <param name="Id">Names it in the page.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Group">What it is chosen under: a metric, or the few that matter.</param>
/// <param name="Scale">How it becomes a colour.</param>
/// <param name="Value">Takes it from a cell that ran to its end; others have none, since their last epoch is another.</param>
/// <param name="Print">Prints it.</param>
internal sealed record HeatQuantity(string Id, string Title, string Group, HeatScale Scale, Func<CellView, double?> Value, Func<double, string> Print)
{
    private const string First = "what matters most";

    /// <summary>Names the first choice of the map of collapse.</summary>
    public const string Collapse = "nc1-fall";

    /// <summary>Names the first choice of the map of robustness.</summary>
    public const string Robustness = "radius-change";

    /// <summary>The choices of a run: those that matter most, then every reading that a figure draws.</summary>
    public static IReadOnlyList<HeatQuantity> Of(RunView run) =>
    [
        new(Collapse, "NC1: factor by which it fell", First, HeatScale.Logarithmic, cell => Math.Exp(Summary.LogarithmOfFall(cell) ?? double.NaN), value => Number.General(value) + "×"),
        new("nc1", "NC1 at the last epoch", First, HeatScale.Logarithmic, cell => cell[Reading.Nc1].Last, value => Number.General(value)),
        new(Robustness, "DeepFool radius: change in the terminal phase", First, HeatScale.Signed, cell => cell.ChangeInTerminalPhase(Reading.Radius), EstimateWords.Short),
        new("radius", "DeepFool radius at the last epoch", First, HeatScale.Linear, cell => cell[Reading.Radius].Last, value => Number.General(value)),
        new("accuracy-change", "Test accuracy: change in the terminal phase, points", First, HeatScale.Signed, cell => cell.ChangeInTerminalPhase(Reading.TestAccuracy), EstimateWords.Points),
        new("accuracy", "Test accuracy at the last epoch, %", First, HeatScale.Linear, cell => cell[Reading.TestAccuracy].Last, value => Number.Percent(value)),
        new("terminal", "First epoch of the terminal phase", First, HeatScale.Linear, cell => cell.TerminalPhaseEpoch, value => value.ToString("0.#", CultureInfo.InvariantCulture)),
        .. from figure in run.Figures
           from line in figure.Lines
           where line.Reading != Reading.Nc1 && line.Reading != Reading.Radius && line.Reading != Reading.TestAccuracy
           let record = figure.Quantities.First(q => $"{q.Metric}/{q.Quantity.Name}" == line.Reading.Id)
           let split = line.Reading.Split switch { Split.Train => ", training images", Split.Test => ", test images", _ => "" }
           select new HeatQuantity(
               PageData.Key(line.Reading), $"{record.Quantity.Title}{split}, at the last epoch", record.Metric, record.Quantity.Scale == AxisScale.Log ? HeatScale.Logarithmic : HeatScale.Linear,
               cell => cell[line.Reading].Last, value => Number.General(value)),
    ];
}

/// <summary>How a number becomes a colour.</summary>
internal enum HeatScale
{
    /// <summary>Equal differences are equal steps.</summary>
    Linear,

    /// <summary>Equal ratios are equal steps; means over seeds are geometric.</summary>
    Logarithmic,

    /// <summary>From zero to either side, each side with a colour of its own.</summary>
    Signed,
}
