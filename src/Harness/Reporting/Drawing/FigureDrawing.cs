using Harness.Reporting.Numbers;
using static Harness.Reporting.Drawing.Svg;

namespace Harness.Reporting.Drawing;

/// <summary>
/// A figure as a picture of its own, for print: a panel for each architecture, down, and data set, across, with one vertical range and a logarithmic axis of epochs; the terminal phase shaded,
/// a line for each seed, the colours those of the page.
/// </summary>
internal static class FigureDrawing
{
    private const double Left = 66, Top = 78, Between = 12, Foot = 46, RightEdge = 14, LegendKey = 26;

    /// <summary>What it is drawn in: whichever of these the system has.</summary>
    private const string Fonts = "'Source Sans 3','Helvetica Neue',Arial,'Liberation Sans','DejaVu Sans',sans-serif";

    /// <summary>The SVG document.</summary>
    /// <param name="run">The run.</param>
    /// <param name="figure">One of its figures.</param>
    public static string Render(RunView run, FigureView figure)
    {
        var (across, down) = (run.Datasets.Count, run.Architectures.Count);
        var legend = Legend(figure, out var legendEnd);
        var width = Math.Max(Left + (across * (PanelDrawing.Width + Between)) - Between, Math.Max(legendEnd, Left + (8.2 * figure.Figure.Title.Length))) + RightEdge;
        var height = Top + (down * (PanelDrawing.Height + Between)) - Between + Foot;
        var panels = new PanelDrawing(run, figure);
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Text(width)}" height="{Text(height)}" viewBox="0 0 {Text(width)} {Text(height)}" font-family="{Fonts}" font-size="10" fill="{Colour("--ink")}" role="img" aria-label="{Clean(figure.Figure.Title)}">
            <title>{Clean(figure.Figure.Title)}</title>
            <desc>{Clean($"{run.Plan.Name}: {string.Join("; ", figure.Quantities.Select(q => $"{q.Quantity.Title}: {q.Quantity.Formula}"))}")}</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Text(Left)}" y="22" font-size="15" font-weight="600">{Clean(figure.Figure.Title)}</text>
            {legend}
            {Html.Each(Enumerable.Range(0, across), column => Html.Of($"""
                <text x="{Text(X(column) + (PanelDrawing.Width / 2))}" y="{Text(Top - 8)}" text-anchor="middle" font-size="12" font-weight="600">{Clean(run.Title(run.Datasets[column]))}</text>
                <text x="{Text(X(column) + (PanelDrawing.Width / 2))}" y="{Text(height - 12)}" text-anchor="middle" fill="{Colour("--soft")}">epoch</text>
                """))}
            {Html.Each(Enumerable.Range(0, down), row => Html.Of($"""<text transform="translate(16 {Text(Y(row) + (PanelDrawing.Height / 2))}) rotate(-90)" text-anchor="middle" font-size="12" font-weight="600">{Clean(run.Architectures[row])}</text>"""))}
            {Html.Each(from row in Enumerable.Range(0, down) from column in Enumerable.Range(0, across) select (row, column), at => Html.Of(
                $"""<g transform="translate({Text(X(at.column))} {Text(Y(at.row))})">{panels.Render(run.Architectures[at.row], run.Datasets[at.column], first: at.column == 0, lowest: at.row == down - 1)}</g>"""))}
            </svg>

            """).ToString();
    }

    private static double X(int column) => Left + (column * (PanelDrawing.Width + Between));

    private static double Y(int row) => Top + (row * (PanelDrawing.Height + Between));

    private static Html Legend(FigureView figure, out double end)
    {
        var at = Left;
        var keys = new List<Html>();
        foreach (var line in figure.Lines)
        {
            keys.Add(Html.Of($"""<path d="M{Text(at)} 42h{Text(LegendKey - 6)}" stroke="{PanelDrawing.ColourOf(line)}" stroke-width="2" stroke-dasharray="{(line.Dashed ? "5 3" : "none")}"/><text x="{Text(at + LegendKey)}" y="46" font-size="11">{Clean(line.Legend)}</text>"""));
            at += LegendKey + (6.2 * line.Legend.Length) + 16;
        }
        keys.Add(Html.Of($"""<rect x="{Text(at)}" y="36" width="18" height="11" fill="{PanelDrawing.Shade}" fill-opacity="{PanelDrawing.ShadeOpacity}"/><text x="{Text(at + LegendKey - 2)}" y="46" font-size="11">terminal phase</text>"""));
        end = at + 112;
        if (figure.Unit.Length > 0)
        {
            keys.Add(Html.Of($"""<text x="{Text(end)}" y="46" font-size="11" fill="{Colour("--soft")}">in {Clean(figure.Unit)}</text>"""));
            end += 6.2 * (figure.Unit.Length + 4);
        }
        return Html.Each(keys, key => key);
    }
}
