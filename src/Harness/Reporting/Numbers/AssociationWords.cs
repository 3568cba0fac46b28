using Harness.Reporting.Statistics;

namespace Harness.Reporting.Numbers;

/// <summary>Associations in words, never more than their intervals bear.</summary>
/// <param name="noun">What is counted: "cell", or "pair" where cells have several seeds.</param>
/// <param name="what">What collapse is set against: "robustness" or "generalization".</param>
internal sealed class AssociationWords(string noun, string what)
{
    private readonly EstimateWords words = new(noun);

    private string More => what == "robustness" ? "more robustness" : $"better {what}";

    private string Less => what == "robustness" ? "less robustness" : $"worse {what}";

    /// <summary>The rows of an association's table: what is correlated, the number, its interval, what is behind it, and what it says.</summary>
    public IReadOnlyList<Row> Rows(Association association) =>
    [
        .. new (string Label, Estimate? Estimate)[]
        {
            ("Within cells, inside the terminal phase", association.Terminal),
            ("the same, test accuracy held fixed", association.TerminalGivenAccuracy),
            ("Within cells, over the whole training", association.Training),
            ($"Across {noun}s, at the last epoch", association.Across),
            ("the same, test accuracy held fixed", association.AcrossGivenAccuracy),
        }.Where(row => row.Estimate is not null).Select(row => new Row(
            row.Label, EstimateWords.Rho(row.Estimate!.Value), row.Estimate.Interval is { } i && i.Low < i.High ? $"{EstimateWords.Rho(i.Low)} to {EstimateWords.Rho(i.High)}" : Number.None,
            words.Behind(row.Estimate), Says(row.Estimate), row.Estimate)),
    ];

    /// <summary>What one correlation says: "more collapse, more robustness", "cannot tell: the interval contains 0".</summary>
    public string Says(Estimate estimate) => estimate switch
    {
        { Groups: 0 } => "not measured at enough epochs",
        { Value: double.NaN, Groups: >= Bootstrap.FewestGroups } => "cannot tell: one of the two does not vary",
        { Groups: < Bootstrap.FewestGroups } => $"cannot tell: {Number.Of(estimate.Groups, noun)} {(estimate.Groups == 1 ? "is" : "are")} too few, {Bootstrap.FewestGroups} are needed",
        { Interval: null } => "cannot tell: too many draws leave it undefined",
        { SignIsKnown: false } => "cannot tell: the interval contains 0",
        { Value: > 0 } => $"more collapse, {More}",
        _ => $"more collapse, {Less}",
    };

    /// <summary>What the two correlations that matter say, in a sentence each.</summary>
    public string Sentence(Association association) =>
        $"Inside the terminal phase of a training: {Says(association.Terminal)}. Across trained networks: {Says(association.Across)}.";

    /// <summary>The one sentence of the verdict.</summary>
    /// <param name="association">NC1 against the DeepFool radius; null where one of them was not measured.</param>
    public Finding Verdict(Association? association)
    {
        if (association is not { Terminal: { Groups: > 0 } terminal }) return new("together", $"Whether collapse goes with {what}, these data cannot tell: no cell measures both within a terminal phase.", "", Bearing.Missing);
        var across = association.Across;
        var claim = (terminal.SignIsKnown, across.SignIsKnown) switch
        {
            (true, true) when Math.Sign(terminal.Value) != Math.Sign(across.Value) =>
                $"As training goes on, collapse and {what} {(terminal.Value > 0 ? "go together" : "pull apart")}; from one trained network to the next they {(across.Value > 0 ? "go together" : "pull apart")}.",
            (true, _) => $"Collapse and {what} {(terminal.Value > 0 ? "go together" : "pull apart")} as training goes on: inside the terminal phase, the lower NC1, the {(terminal.Value > 0 ? "larger" : "smaller")} the DeepFool radius.",
            (false, true) => $"Whether collapse and {what} go together as training goes on, these data cannot tell; of the trained networks, those of lower NC1 are {(across.Value > 0 ? "more" : "less")} robust.",
            _ => $"Whether collapse goes with {what}, these data cannot tell.",
        };
        return new("together", claim, $"Rank correlation within cells {EstimateWords.Rho(terminal.Value)} ({words.Grounds(terminal, EstimateWords.Rho)})"
            + $"{Given(association.TerminalGivenAccuracy)}. Across {noun}s at the last epoch{(double.IsNaN(across.Value) ? "" : $" {EstimateWords.Rho(across.Value)}")}{(across.Interval is { } i ? $" ({EstimateWords.Interval(i, EstimateWords.Rho)})" : "")}: {Says(across)}.",
            terminal.SignIsKnown || across.SignIsKnown ? Bearing.Shown : Bearing.Unclear);
    }

    private static string Given(Estimate? estimate) => estimate is { Groups: > 0 } known
        ? $"; with test accuracy held fixed {EstimateWords.Rho(known.Value)}{(known.Interval is { } i ? $" ({EstimateWords.Rho(i.Low)} to {EstimateWords.Rho(i.High)})" : "")}" : "";

    /// <summary>A row of an association's table.</summary>
    /// <param name="Label">What is correlated.</param>
    /// <param name="Rho">The number.</param>
    /// <param name="Interval">Its interval, or a dash.</param>
    /// <param name="Behind">What is behind it.</param>
    /// <param name="Says">What it says.</param>
    /// <param name="Estimate">All of that as numbers.</param>
    public sealed record Row(string Label, string Rho, string Interval, string Behind, string Says, Estimate Estimate);
}
