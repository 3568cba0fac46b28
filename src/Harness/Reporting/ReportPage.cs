using System.Text;
using Harness.Reporting.Cells;
using Harness.Reporting.Numbers;
using Harness.Reporting.Sections;
using Harness.Results;

namespace Harness.Reporting;

/// <summary>The whole page, from the run's numbers: one HTML file that asks for nothing else.</summary>
internal static class ReportPage
{
    // The policy lets the page's own inline parts work and forbids every request, whatever a plugin's text or a library may try.
    private const string Policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

    // Who serves it live is the one it may ask.
    private const string LivePolicy = Policy + "; connect-src 'self'";

    /// <summary>Writes the page, in UTF-8.</summary>
    /// <param name="run">The run.</param>
    /// <param name="read">Reads a cell anew: its pictures and curves are not kept; called from several threads.</param>
    /// <param name="page">Where it goes.</param>
    /// <param name="live">Which page of the run it is, where it is served live; null for a file, which asks for nothing.</param>
    public static void Write(RunView run, Func<CellView, CellRecord> read, Stream page, int? live = null)
    {
        // The numbers and plotly.js are most of a large page: they are packed, and go straight into it.
        Write(Start(run, live is null ? Policy : LivePolicy), page);
        page.Write(Compressed.Of(packed => PageData.Write(run, packed)));
        Write(Html.Of($"</script>\n"), page);
        CellData.Write(run, read, page);
        Write(Html.Of($"""<script type="text/plain" id="plotly" data-licence="{PageAssets.PlotlyLicence}">"""), page);
        page.Write(PageAssets.PackedPlotly.Value);
        Write(End(live), page);
    }

    private static void Write(Html part, Stream page) => page.Write(Encoding.UTF8.GetBytes(part.ToString()));

    private static Html Start(RunView run, string policy) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Harness">
        <title>{run.Plan.Name}: neural collapse report</title>
        <link rel="icon" href="data:,">
        <style>{Html.Source("style", PageAssets.Style)}</style>
        </head>
        <body>
        {Headline.Render(run)}
        {Navigation(run)}
        <main>
        {new AssociationSection("robustness", run.Robustness, run.Summary.Noun).Render()}
        {new AssociationSection("generalization", run.Generalization, run.Summary.Noun).Render()}
        {FiguresSection.Render(run)}
        {PublishedSection.Render(run)}
        {MatrixSection.Render(run)}
        {SweepSection.Render(run)}
        {CellSections.Render(run)}
        {EnvironmentSection.Render(run)}
        {GlossarySection.Render(run)}
        </main>
        <script type="text/plain" id="data">
        """);

    private static Html End(int? live) => Html.Of($"""
        </script>
        <script>{Html.Source("script", PageAssets.Script)}</script>
        {(live is { } version ? Html.Of($"""<script data-version="{version}">{Html.Source("script", PageAssets.Watch)}</script>""") : Html.None)}
        </body>
        </html>

        """);

    private static Html Navigation(RunView run) => Html.Of($"""
        <nav aria-label="Contents"><ul>
          <li><a href="#robustness">Collapse against robustness</a></li>
          <li><a href="#generalization">against generalization</a></li>
          <li><a href="#figures">Figures</a></li>
          <li><a href="#published">Table 1</a></li>
          <li><a href="#matrix">Matrix</a></li>
          {(run.Sweeps.Count > 0 ? Html.Of($"""<li><a href="#sweeps">Learning rates</a></li>""") : Html.None)}
          <li><a href="#cells">Cells</a></li>
          <li><a href="#environment">Environment</a></li>
          <li><a href="#glossary">Quantities</a></li>
        </ul></nav>
        """);
}
