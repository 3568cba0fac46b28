using System.Globalization;
using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>The page's head: what ran, how it ended, and what the numbers say, never more than they bear.</summary>
internal static class Headline
{
    public static Html Render(RunView run)
    {
        var summary = Summary.Of(run);
        return Html.Of($"""
            <header>
              <p class="kicker">Neural collapse, generalization and robustness</p>
              <h1>{run.Plan.Name}</h1>
              <p class="when">{When(run)}</p>
              <dl class="counts">
                <div><dt>cells done</dt><dd id="cells-done">{summary.Done}<small> of {summary.Planned}</small></dd></div>
                <div><dt>in the terminal phase</dt><dd id="cells-terminal">{summary.Terminal}</dd></div>
                <div class="{(summary.Failed > 0 ? "bad" : "")}"><dt>failed</dt><dd id="cells-failed">{summary.Failed}</dd></div>
              </dl>
              <p class="lead" id="findings">{string.Join(" ", Findings(summary))}</p>
            </header>
            """);
    }

    /// <summary>The sentences, each with the counts it rests on.</summary>
    public static IReadOnlyList<string> Findings(Summary summary)
    {
        if (summary.Done == 0) return ["No cell has run to its end yet, so there is nothing to conclude."];
        string[] sweeps = summary.Sweeps.Count > 0 ? [Sweeps(summary.Sweeps)] : [];
        if (summary.InMatrix == 0) return [.. sweeps, "So there is nothing to conclude yet."];
        return
        [
            .. sweeps,
            Collapse(summary.Nc1Factors),
            Change("test accuracy", summary.AccuracyChanges, median => $"{Signed(100 * median, "F2")} percentage points"),
            Change("the relative DeepFool radius", summary.RadiusChanges, median => Signed(median, "G3")),
        ];
    }

    private static string Sweeps(IReadOnlyList<SweepChoice> sweeps)
    {
        var chosen = sweeps.Where(s => s.Chosen is not null).ToArray();
        if (chosen.Length == 0) return $"No learning rate is chosen yet in {(sweeps.Count == 1 ? "the sweep" : $"any of {sweeps.Count} sweeps")}.";
        var provisional = chosen.Count(s => s.Provisional);
        return $"In {chosen.Length} of {Number.Of(sweeps.Count, "sweep")} of learning rates one is chosen{(provisional == 0 ? "" : provisional == chosen.Length ? ", provisionally" : $", in {provisional} provisionally")}"
            + ": the matrix and what follows are of the chosen rates alone, selected on test error as in the paper.";
    }

    private static string Collapse(IReadOnlyList<double> factors) => Summary.Median(factors) is not { } median
        ? "NC1 of the training features was not measured at two epochs of any finished cell."
        : $"From the first to the last measured epoch, NC1 of the training features fell in {factors.Count(f => f > 1)} of {Number.Of(factors.Count, "cell")}; "
          + (median >= 1 ? $"over all of them it fell by a median factor of {Number.General(median)}." : $"over all of them it rose by a median factor of {Number.General(1 / median)}.");

    private static string Change(string what, IReadOnlyList<double> changes, Func<double, string> text) => Summary.Median(changes) is not { } median
        ? $"No cell has {what} at both ends of a terminal phase."
        : $"From the first terminal-phase epoch to the last epoch, {what} rose in {changes.Count(c => c > 0)} of {Number.Of(changes.Count, "cell")} (median change {text(median)}).";

    private static string Signed(double value, string format) => (value < 0 ? "−" : "+") + Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);

    private static string When(RunView run) => string.Join(" · ", new[]
    {
        run.Environment?.Started.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture),
        $"{Number.Of(run.Architectures.Count, "architecture")} × {Number.Of(run.Datasets.Count, "data set")}, {Number.Of(run.Cells.Count, "cell")}",
        run.Environment is { } e ? $"{e.Processor}, {Number.Of(e.Cores, "core")}" : null,
    }.OfType<string>());
}
