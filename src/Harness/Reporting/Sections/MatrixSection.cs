using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>The matrix at a glance: every architecture on every data set, its outcome and the few numbers that matter.</summary>
internal static class MatrixSection
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="matrix" aria-labelledby="matrix-title">
          <h2 id="matrix-title">The matrix</h2>
          <div class="scroll" tabindex="0" role="region" aria-label="The matrix; scrolls sideways">
          <table class="matrix">
            <caption><span>Means over seeds. Arrows lead from the first terminal-phase epoch to the last measured one, for NC1 from the first measured epoch to the last, over the seeds that have both.{(run.Sweeps.Count > 0 ? " Where learning rates were swept, of the chosen one alone." : "")}</span></caption>
            <thead><tr><td></td>{Html.Each(run.Datasets, d => Html.Of($"""<th scope="col">{run.Title(d)}</th>"""))}</tr></thead>
            <tbody>{Html.Each(run.Architectures, a => Row(run, a))}</tbody>
          </table>
          </div>
        </section>
        """);

    private static Html Row(RunView run, string architecture) =>
        Html.Of($"""<tr><th scope="row">{architecture}</th>{Html.Each(run.Datasets, d => Place(run, architecture, d))}</tr>""");

    private static Html Place(RunView run, string architecture, string dataset)
    {
        var (seeds, sweep) = (run.At(architecture, dataset), run.SweepAt(architecture, dataset));
        return seeds.Count == 0
            ? Html.Of($"""<td class="empty">{run.Absence(architecture, dataset)}{(sweep is null ? Html.None : Html.Of($"""<br><a href="#{sweep.Anchor}">{Progress(sweep)}</a>"""))}</td>""")
            : Html.Of($"""
                <td data-place="{string.Join(' ', seeds.Select(s => s.Place))}">
                  <p class="state">{Html.Each(seeds.GroupBy(s => s.State), group => State([.. group], seeds.Count))}</p>
                  {Numbers([.. seeds.Where(s => s.LastEpoch is not null)], sweep)}
                </td>
                """);
    }

    private static string Progress(SweepChoice sweep) => $"{sweep.Rates.Count(r => r.Ended)} of {sweep.Rates.Count} rates ended";

    private static Html State(IReadOnlyList<CellView> alike, int seeds) =>
        Html.Of($"""<a class="{(alike[0].Failed ? "bad" : alike[0].Done ? "good" : "open")}" href="#{alike[0].Anchor}">{(seeds > 1 ? $"{alike.Count} {alike[0].State}" : alike[0].State)}</a> """);

    private static Html Numbers(IReadOnlyList<CellView> seeds, SweepChoice? sweep) => seeds.Count == 0 ? Html.None : Html.Of($"""
        <dl>
          {(sweep is null ? Html.None : Html.Of($"""<dt>learning rate</dt><dd><a href="#{sweep.Anchor}">{sweep.Chosen!.Label}, {(sweep.Provisional ? "provisional" : $"best of {sweep.Rates.Count}")}</a></dd>"""))}
          <dt>terminal phase</dt><dd>{Terminal(seeds)}</dd>
          <dt>NC1</dt><dd>{Arrow(seeds, c => c[Reading.Nc1].First, c => c[Reading.Nc1].Last, Number.Scientific)}</dd>
          <dt>test accuracy, %</dt><dd>{InTerminalPhase(seeds, Reading.TestAccuracy, Number.Percent)}</dd>
          <dt>DeepFool radius</dt><dd>{InTerminalPhase(seeds, Reading.Radius, Number.General)}</dd>
        </dl>
        """);

    private static string Terminal(IReadOnlyList<CellView> seeds)
    {
        var epochs = seeds.Select(s => s.TerminalPhaseEpoch).OfType<int>().Order().ToArray();
        // A result says when the terminal phase began; before there is one nobody knows that it did not.
        if (epochs.Length == 0) return seeds.All(s => s.Done) ? "not reached" : Number.None;
        var when = epochs[0] == epochs[^1] ? $"epoch {epochs[0]}" : $"epochs {epochs[0]}–{epochs[^1]}";
        return epochs.Length == seeds.Count ? when : $"{when}, {epochs.Length} of {seeds.Count} seeds";
    }

    private static string InTerminalPhase(IReadOnlyList<CellView> seeds, Reading reading, Func<double?, string> print) =>
        Arrow(seeds, c => c[reading].At(c.TerminalPhaseEpoch), c => c[reading].Last, print);

    /// <summary>Means of both ends over the same seeds, those that have both; where none has, the mean of the last alone.</summary>
    private static string Arrow(IReadOnlyList<CellView> seeds, Func<CellView, double?> from, Func<CellView, double?> to, Func<double?, string> print)
    {
        var both = seeds.Where(s => from(s) is not null && to(s) is not null).ToArray();
        return $"{print(Mean(both, from))} → {print(Mean(both.Length > 0 ? both : seeds, to))}";
    }

    /// <summary>The mean over the seeds that have the number, or null.</summary>
    private static double? Mean(IEnumerable<CellView> seeds, Func<CellView, double?> value) =>
        seeds.Select(value).OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}
