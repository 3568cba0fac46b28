using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>Each figure as a grid of panels, architectures down and data sets across; the page's script draws a panel when it comes into view.</summary>
internal static class FiguresSection
{
    public static Html Render(RunView run) => Html.Of($"""
        <section id="figures" aria-labelledby="figures-title">
          <h2 id="figures-title">Figures</h2>
          <p class="tools">
            <label>Epochs <select id="epoch-axis"><option value="log">logarithmic</option><option value="linear">linear</option></select></label>
            <label>Vertical range <select id="value-range"><option value="figure">one for a figure</option><option value="row">one for a row</option><option value="panel">each panel its own</option></select></label>
            <label>Epoch <input id="epoch" type="range" min="0" max="0" value="0" step="1"> <output id="epoch-shown" for="epoch">none</output></label>
            <button type="button" id="zoom-out" hidden>Whole range</button>
          </p>
          <p class="note"><span class="shade" aria-hidden="true"></span> terminal phase. With several seeds, a thin line for each. Point at a panel to read all panels at that epoch, drag in one to zoom all.</p>
          {(run.Figures.Count == 0 ? Html.Of($"<p>No metric of this run declares a figure.</p>") : Html.Each(run.Figures.Where(IsThePapers), figure => Figure(run, figure)))}
          {Html.Each(run.Figures.Where(f => !IsThePapers(f)).GroupBy(f => f.Quantities[0].Metric), group => More(run, group.Key, [.. group]))}
        </section>
        """);

    /// <summary>Whether a figure is one of the paper's 2 to 8, or the one that shows what its table 1 tells.</summary>
    private static bool IsThePapers(FigureView figure) => figure.Figure.Order <= 8 || figure.Lines.Any(line => line.Reading == Reading.TestAccuracy);

    private static Html More(RunView run, string metric, IReadOnlyList<FigureView> figures) => Html.Of($"""
        <details class="more"><summary>{metric}: {Number.Of(figures.Count, "more figure")} <span class="note">{string.Join("; ", figures.Select(f => f.Figure.Title))}</span></summary>
          {Html.Each(figures, figure => Figure(run, figure))}
        </details>
        """);

    private static Html Figure(RunView run, FigureView figure) => Html.Of($"""
        <section class="figure" id="{figure.Anchor}" aria-labelledby="{figure.Anchor}-title">
          <h3 id="{figure.Anchor}-title">{figure.Figure.Title}</h3>
          {Legend(figure)}
          <ul class="formulas">{Html.Each(figure.Quantities, q => Html.Of($"""<li><span class="formula">{q.Quantity.Formula}</span> <cite>{q.Quantity.Source}</cite></li>"""))}</ul>
          {(figure.Lines.Count == 0 ? Html.Of($"""<p class="note">Not measured yet.</p>""") : Grid(run, figure))}
        </section>
        """);

    private static Html Legend(FigureView figure) => Html.Of($"""
        <p class="legend">{Html.Each(figure.Lines, line => Html.Of(
            $"""<span class="key"><svg viewBox="0 0 26 8" aria-hidden="true"><path class="line line-{line.Colour % 6}{(line.Dashed ? " dashed" : "")}" d="M1 4h24"/></svg>{line.Legend}</span>"""))}
          {(figure.Lines.Any(l => l.Reading == Reading.TestAccuracy) ? Html.Of($"""<span class="key"><svg viewBox="0 0 26 8" aria-hidden="true"><path class="line ghost" d="M1 4h24"/></svg>published test accuracy at zero error and at the last epoch, of other training settings (see table 1)</span>""") : Html.None)}
          <span class="note">{Axis(figure)}</span></p>
        """);

    private static string Axis(FigureView figure) => string.Join(", ", new[] { figure.Logarithmic ? "logarithmic axis" : "linear axis", figure.Unit is "" ? "no unit" : $"in {figure.Unit}" });

    private static Html Grid(RunView run, FigureView figure) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{figure.Figure.Title}; scrolls sideways">
        <table class="grid">
          <caption class="unseen">{figure.Figure.Title}, against the epoch: a panel for each architecture and data set</caption>
          <thead><tr><td></td>{Html.Each(run.Datasets, d => Html.Of($"""<th scope="col">{run.Title(d)}</th>"""))}</tr></thead>
          <tbody>{Html.Each(run.Architectures, a => Html.Of($"""<tr><th scope="row"><span>{a}</span></th>{Html.Each(run.Datasets, d => Panel(run, figure, a, d))}</tr>"""))}</tbody>
        </table>
        </div>
        """);

    private static Html Panel(RunView run, FigureView figure, string architecture, string dataset)
    {
        var seeds = run.At(architecture, dataset);
        if (seeds.Count == 0) return Html.Of($"""<td class="empty">{run.Absence(architecture, dataset)}</td>""");
        var failed = seeds.Where(s => s.Failed).Select(s => s.State).Distinct().ToArray();
        if (!seeds.Any(s => figure.Lines.Any(l => s[l.Reading].Points.Count > 0)))
            return Html.Of($"""<td class="empty {(failed.Length > 0 ? "bad" : "")}">{(failed.Length > 0 ? string.Join(", ", failed) : seeds[0].Done ? "not measured" : seeds[0].State)}</td>""");
        return Html.Of($"""
            <td><div class="panel" role="img" data-figure="{figure.Anchor}" data-row="{architecture}" data-column="{dataset}" data-place="{string.Join(' ', seeds.Select(s => s.Place))}"
              aria-label="{Spoken(run, figure, architecture, dataset, seeds)}"></div>{(failed.Length > 0 ? Html.Of($"""<p class="fate bad">{string.Join(", ", failed)}</p>""") : Html.None)}</td>
            """);
    }

    /// <summary>A panel in words: where each line starts and ends.</summary>
    private static string Spoken(RunView run, FigureView figure, string architecture, string dataset, IReadOnlyList<CellView> seeds) =>
        $"{architecture} on {run.Title(dataset)}: " + string.Join("; ", from seed in seeds
                                                                        from line in figure.Lines
                                                                        let curve = seed[line.Reading]
                                                                        where curve.Points.Count > 0
                                                                        select $"{line.Legend} {Number.General(curve.First)} at epoch {curve.Points[0].Epoch}, {Number.General(curve.Last)} at epoch {curve.Points[^1].Epoch}");
}
