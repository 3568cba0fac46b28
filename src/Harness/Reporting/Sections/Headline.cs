using System.Globalization;
using Harness.Reporting.Numbers;

namespace Harness.Reporting.Sections;

/// <summary>The first screen: what ran and how it ended, what the numbers say and how far to trust them, and the matrix beside it.</summary>
internal static class Headline
{
    public static Html Render(RunView run)
    {
        var summary = run.Summary;
        var verdict = Verdict.Of(summary);
        return Html.Of($"""
            <header>
              <div class="title">
                <div><p class="kicker">Neural collapse, generalization and robustness</p>
                <h1>{run.Plan.Name}</h1>
                <p class="when">{When(run, summary)}</p></div>
                <dl class="counts">
                  <div><dt>cells done</dt><dd id="cells-done">{summary.Done}<small> of {summary.Planned}</small></dd></div>
                  <div><dt>in the terminal phase</dt><dd id="cells-terminal">{summary.Terminal}</dd></div>
                  <div class="{(summary.Failed > 0 ? "bad" : "")}"><dt>failed</dt><dd id="cells-failed">{summary.Failed}</dd></div>
                </dl>
              </div>
              <div class="first">
                <section id="verdict" aria-labelledby="verdict-title">
                  <h2 id="verdict-title" class="unseen">What was found</h2>
                  {Lead(verdict.Findings[0])}
                  {(verdict.Findings.Count == 1 ? Html.None : Html.Of($"""<ul id="findings">{Html.Each(verdict.Findings.Skip(1), Finding)}</ul>"""))}
                </section>
                <div class="beside">
                  {HeatSection.Render(run)}
                  {(verdict.Caveats.Count == 0 ? Html.None : Html.Of($"""<p class="note caveats"><strong>How far to trust it.</strong> {string.Join(" ", verdict.Caveats)}</p>"""))}
                </div>
              </div>
            </header>
            """);
    }

    private static Html Lead(Finding finding) => Html.Of($"""
        <p class="lead" id="finding-{finding.Id}">{finding.Claim}</p>
        {(finding.Grounds.Length == 0 ? Html.None : Html.Of($"""<p class="grounds">{finding.Grounds} <a href="#robustness">The evidence</a></p>"""))}
        """);

    private static Html Finding(Finding finding) => Html.Of($"""
        <li id="finding-{finding.Id}" class="{finding.Bearing.ToString().ToLowerInvariant()}"><span class="claim">{finding.Claim}</span> <span class="grounds">{finding.Grounds}</span></li>
        """);

    private static string When(RunView run, Summary summary) => string.Join(" · ", new[]
    {
        run.Environment?.Started.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture),
        $"{Number.Of(run.Architectures.Count, "architecture")} × {Number.Of(run.Datasets.Count, "data set")}{(summary.Seeds > 1 ? $" × {summary.Seeds} seeds; a pair is an architecture on a data set" : "")}",
        run.Environment is { } e ? $"{e.Processor}, {Number.Of(e.Cores, "core")}" : null,
    }.OfType<string>());
}
