using System.Text;
using Harness.Reporting.Numbers;

namespace Harness.Exporting;

/// <summary>summary.md: what a run found, short enough for an issue or a pull request, in GitHub's Markdown.</summary>
internal static class MarkdownSummary
{
    /// <summary>The text.</summary>
    /// <param name="run">The run.</param>
    public static string Of(RunView run)
    {
        var summary = run.Summary;
        var text = new StringBuilder();
        text.Append($"## {Escape(run.Plan.Name)}\n\n");
        text.Append($"{summary.Done} of {Number.Of(summary.Planned, "cell")} done, {summary.Terminal} in the terminal phase, {summary.Failed} failed.\n");
        text.Append(string.Concat(Verdict.Of(summary).Findings.Select(finding => $"\n- {Escape(finding.Text)}"))).Append("\n\n");
        text.Append("From the first terminal-phase epoch to the last, but NC1 from the first measured epoch on; means over seeds.\n\n");
        text.Append("| network | data set | seeds | terminal phase from epoch | NC1 | test accuracy, % | DeepFool radius |\n|---|---|---|---|---|---|---|\n");
        foreach (var architecture in run.Architectures)
            foreach (var dataset in run.Datasets) text.Append(Row(run, architecture, dataset));
        foreach (var cell in run.Cells.Where(c => c.Failed)) text.Append($"\n- **{Escape(cell.Spec.Name)}**: {cell.State}. {Escape(cell.Result?.Message ?? "")}");
        if (summary.Failed > 0) text.Append('\n');
        if (run.Environment is { } e) text.Append($"\nharness {Escape(e.Harness)}, libtorch {Escape(e.Libtorch)}, {Escape(e.System)}, {Escape(e.Processor)}\n");
        return text.ToString();
    }

    /// <summary>Text that Markdown leaves as it is.</summary>
    internal static string Escape(string text) => string.Concat(text.Select(c => c switch
    {
        '|' or '*' or '_' or '`' or '[' or ']' or '#' or '\\' or '~' or '@' => $"\\{c}",
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        _ when char.IsControl(c) => " ",
        _ => c.ToString(),
    }));

    private static string Row(RunView run, string architecture, string dataset)
    {
        var seeds = run.At(architecture, dataset);
        var done = seeds.Where(c => c.Done).ToArray();
        var name = $"| {Escape(architecture)} | {Escape(run.Title(dataset))} | {done.Length} of {seeds.Count} |";
        if (done.Length == 0) return $"{name} {(seeds.Count == 0 ? run.Absence(architecture, dataset) : string.Join(", ", seeds.Select(c => c.State).Distinct()))} | | | |\n";
        var epochs = done.Select(c => c.TerminalPhaseEpoch).OfType<int>().Distinct().Order().ToArray();
        var terminal = epochs.Length switch { 0 => "not reached", 1 => $"{epochs[0]}", _ => $"{epochs[0]}–{epochs[^1]}" };
        return $"{name} {terminal} | {Arrow(done, c => c[Reading.Nc1].First, Reading.Nc1, Number.General)} "
            + $"| {Arrow(done, c => c[Reading.TestAccuracy].At(c.TerminalPhaseEpoch), Reading.TestAccuracy, Number.Percent)} | {Arrow(done, c => c[Reading.Radius].At(c.TerminalPhaseEpoch), Reading.Radius, Number.General)} |\n";
    }

    private static string Arrow(CellView[] seeds, Func<CellView, double?> from, Reading reading, Func<double?, string> print) =>
        $"{print(Mean(seeds.Select(from)))} → {print(Mean(seeds.Select(c => c[reading].Last)))}";

    private static double? Mean(IEnumerable<double?> values) => values.OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}
