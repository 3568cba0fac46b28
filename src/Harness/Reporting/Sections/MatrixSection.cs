using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>The matrix at a glance: every architecture on every data set, its outcome and the few numbers that matter, tinted by one of them.</summary>
internal static class MatrixSection
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="matrix" aria-labelledby="matrix-title">
          <h2 id="matrix-title">The matrix at a glance</h2>
          <p class="tools"><label>Tint by <select id="tint">{Html.Each(MatrixTint.All, tint => Html.Of($"""<option value="{tint.Id}">{tint.Title}</option>"""))}</select></label>
            <span class="ramp" aria-hidden="true"></span><span id="tint-range" role="status"></span></p>
          <div class="scroll" tabindex="0" role="region" aria-label="The matrix; scrolls sideways">
          <table class="matrix">
            <caption><span>Means over seeds. Arrows lead from the first terminal-phase epoch to the last epoch; for NC1 from the first measured epoch to the last.</span></caption>
            <thead><tr><td></td>{Html.Each(run.Datasets, d => Html.Of($"""<th scope="col">{run.Title(d)}</th>"""))}</tr></thead>
            <tbody>{Html.Each(run.Architectures, a => Row(run, a))}</tbody>
          </table>
          </div>
        </section>
        """);

    private static Html Row(RunView run, string architecture) =>
        Html.Of($"""<tr><th scope="row">{architecture}</th>{Html.Each(run.Datasets, d => Place(run.At(architecture, d)))}</tr>""");

    private static Html Place(IReadOnlyList<CellView> seeds) => seeds.Count == 0 ? Html.Of($"""<td class="empty">not in the plan</td>""") : Html.Of($"""
        <td data-place="{string.Join(' ', seeds.Select(s => s.Place))}">
          <p class="state">{Html.Each(seeds.GroupBy(s => s.State), group => State([.. group], seeds.Count))}</p>
          {Numbers([.. seeds.Where(s => s.Record.Measurements.Count > 0)])}
        </td>
        """);

    private static Html State(IReadOnlyList<CellView> alike, int seeds) =>
        Html.Of($"""<a class="{(alike[0].Failed ? "bad" : alike[0].Done ? "good" : "open")}" href="#{alike[0].Anchor}">{(seeds > 1 ? $"{alike.Count} {alike[0].State}" : alike[0].State)}</a> """);

    private static Html Numbers(IReadOnlyList<CellView> seeds) => seeds.Count == 0 ? Html.None : Html.Of($"""
        <dl>
          <dt>terminal phase</dt><dd>{Terminal(seeds)}</dd>
          <dt>NC1</dt><dd>{Number.Scientific(Mean(seeds, c => c[Reading.Nc1].First))} → {Number.Scientific(Mean(seeds, c => c[Reading.Nc1].Last))}</dd>
          <dt>test accuracy, %</dt><dd>{Number.Percent(AtTerminal(seeds, Reading.TestAccuracy))} → {Number.Percent(Mean(seeds, c => c[Reading.TestAccuracy].Last))}</dd>
          <dt>DeepFool radius</dt><dd>{Number.General(AtTerminal(seeds, Reading.Radius))} → {Number.General(Mean(seeds, c => c[Reading.Radius].Last))}</dd>
        </dl>
        """);

    private static string Terminal(IReadOnlyList<CellView> seeds) => seeds.Select(s => s.TerminalPhaseEpoch).OfType<int>().Order().ToArray() switch
    {
        [] => "not reached",
        [var one] => $"epoch {one}",
        [var first, .., var last] => first == last ? $"epoch {first}" : $"epochs {first}–{last}",
    };

    private static double? AtTerminal(IReadOnlyList<CellView> seeds, Reading reading) => Mean(seeds, c => c[reading].At(c.TerminalPhaseEpoch));

    /// <summary>The mean over the seeds that have the number, or null.</summary>
    private static double? Mean(IEnumerable<CellView> seeds, Func<CellView, double?> value) =>
        seeds.Select(value).OfType<double>().ToArray() is { Length: > 0 } known ? known.Average() : null;
}
