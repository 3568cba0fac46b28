using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>A number by which the matrix can be tinted.</summary>
/// <param name="Id">Names it in the page.</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Logarithmic">Whether equal ratios are equal steps of tint.</param>
/// <param name="Value">Takes it from a cell that ran to its end; others are not tinted, since their last epoch is another.</param>
internal sealed record MatrixTint(string Id, string Title, bool Logarithmic, Func<CellView, double?> Value)
{
    /// <summary>All of them, the first being chosen when the page opens.</summary>
    public static IReadOnlyList<MatrixTint> All { get; } =
    [
        new("nc1", "NC1 at the last epoch", true, c => c[Reading.Nc1].Last),
        new("accuracy", "test accuracy at the last epoch", false, c => c[Reading.TestAccuracy].Last),
        new("accuracy-change", "change of test accuracy in the terminal phase", false, c => c.InTerminalPhase(Reading.TestAccuracy) is var (from, to) ? to - from : null),
        new("radius", "DeepFool radius at the last epoch", false, c => c[Reading.Radius].Last),
        new("radius-change", "change of the DeepFool radius in the terminal phase", false, c => c.InTerminalPhase(Reading.Radius) is var (from, to) ? to - from : null),
        new("terminal", "first terminal-phase epoch", false, c => c.TerminalPhaseEpoch),
    ];
}
