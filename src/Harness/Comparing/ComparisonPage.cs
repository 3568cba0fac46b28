using System.Text;
using Harness.Reporting;

namespace Harness.Comparing;

/// <summary>A comparison as one HTML file in the report's style, without a script: it asks for nothing.</summary>
internal static class ComparisonPage
{
    /// <summary>Writes it, in UTF-8.</summary>
    /// <param name="runs">The runs, for the heading.</param>
    /// <param name="tables">What it says.</param>
    /// <param name="page">Where to.</param>
    public static void Write(IReadOnlyList<string> runs, IReadOnlyList<ComparisonTable> tables, Stream page) => page.Write(Encoding.UTF8.GetBytes(Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Harness">
        <title>{string.Join(" beside ", runs.Select(Path.GetFileName))}</title>
        <link rel="icon" href="data:,">
        <style>{Html.Source("style", PageAssets.Style)}</style>
        </head>
        <body>
        <header><p class="kicker">Neural collapse, generalization and robustness</p><h1>{string.Join(" beside ", runs.Select(Path.GetFileName))}</h1></header>
        <main>
        {Html.Each(tables, Section)}
        </main>
        </body>
        </html>

        """).ToString()));

    private static Html Section(ComparisonTable table) => Html.Of($"""
        <section>
          <h2>{table.Title}</h2>
          {(table.Note.Length > 0 ? Html.Of($"<p>{table.Note}</p>") : Html.None)}
          {(table.Rows.Count > 0 ? Rows(table) : Html.None)}
        </section>
        """);

    private static Html Rows(ComparisonTable table) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="{table.Title}; scrolls sideways">
        <table class="list">
          <thead><tr>{Html.Each(table.Headers, h => Html.Of($"""<th scope="col">{h}</th>"""))}</tr></thead>
          <tbody>{Html.Each(table.Rows, row => Html.Of($"<tr>{Html.Each(row, cell => Html.Of($"<td>{cell}</td>"))}</tr>"))}</tbody>
        </table>
        </div>
        """);
}
