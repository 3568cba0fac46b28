using System.Globalization;
using Harness.Reporting.Numbers;
using static Harness.Reporting.Drawing.Svg;

namespace Harness.Reporting.Drawing;

/// <summary>The panels of a figure's picture.</summary>
internal sealed class PanelDrawing
{
    /// <summary>Size of a panel.</summary>
    public const double Width = 158, Height = 112;

    /// <summary>How dark the terminal phase of all seeds together is.</summary>
    public const string ShadeOpacity = "0.15";

    private const double Room = 0.06;

    private static readonly int[] Epochs = [1, 3, 10, 30, 100, 300, 1000, 3000, 10000];

    private readonly RunView run;
    private readonly FigureView figure;
    private readonly Scale epochs;
    private readonly Scale? values;

    /// <summary>Takes the ranges that all panels share.</summary>
    /// <param name="run">The run.</param>
    /// <param name="figure">The figure.</param>
    public PanelDrawing(RunView run, FigureView figure)
    {
        (this.run, this.figure) = (run, figure);
        var curves = run.Matrix.SelectMany(c => figure.Lines.Select(l => c[l.Reading])).ToArray();
        values = Scale.Over(curves.SelectMany(c => c.Points).Select(p => p.Value), figure.Logarithmic, Height, 0, Room);
        var last = Math.Max(2, run.Matrix.Max(c => c.LastEpoch) ?? 2);
        epochs = new(0.93, last * 1.07, true, 0, Width);
    }

    /// <summary>The shade of the terminal phase.</summary>
    public static string Shade => Colour("--line-5");

    /// <summary>A line's colour.</summary>
    public static string ColourOf(Line line) => Colour($"--line-{line.Colour % 6}");

    /// <summary>One panel, its upper left corner at the origin.</summary>
    /// <param name="architecture">Label.</param>
    /// <param name="dataset">Label.</param>
    /// <param name="first">Whether it is the first of its row: then the values stand beside it.</param>
    /// <param name="lowest">Whether it is the lowest of its column: then the epochs stand below it.</param>
    public Html Render(string architecture, string dataset, bool first, bool lowest)
    {
        var seeds = run.At(architecture, dataset);
        var drawn = values is not null && seeds.Any(s => figure.Lines.Any(l => s[l.Reading].Points.Count > 0));
        return Html.Of($"""
            {(drawn ? Shades(seeds) : Html.None)}
            {Grid(first, lowest)}
            {(drawn ? Html.Each(seeds, seed => Lines(seed, seeds.Count)) : Html.Of($"""<text x="{Text(Width / 2)}" y="{Text(Height / 2)}" text-anchor="middle" fill="{Colour("--soft")}">{Clean(Nothing(architecture, dataset, seeds))}</text>"""))}
            <rect width="{Text(Width)}" height="{Text(Height)}" fill="none" stroke="{Colour("--soft")}" stroke-width="0.6"/>
            {(drawn && seeds.Where(s => s.Failed).Select(s => s.State).Distinct().ToArray() is { Length: > 0 } failed ? Html.Of($"""<text x="{Text(Width - 5)}" y="12" text-anchor="end" fill="{Colour("--bad")}">{string.Join(", ", failed)}</text>""") : Html.None)}
            """);
    }

    private string Nothing(string architecture, string dataset, IReadOnlyList<CellView> seeds) =>
        seeds.Count == 0 ? run.Absence(architecture, dataset) : string.Join(", ", seeds.Select(s => s.Done ? "not measured" : s.State).Distinct());

    private Html Shades(IReadOnlyList<CellView> seeds)
    {
        var shaded = seeds.Where(s => s.TerminalPhaseEpoch is not null).ToArray();
        var opacity = (double.Parse(ShadeOpacity, CultureInfo.InvariantCulture) / Math.Max(1, shaded.Length)).ToString("0.###", CultureInfo.InvariantCulture);
        return Html.Each(shaded, seed => Html.Of(
            $"""<rect x="{Text(epochs.At(seed.TerminalPhaseEpoch!.Value))}" width="{Text(Width - epochs.At(seed.TerminalPhaseEpoch.Value))}" height="{Text(Height)}" fill="{Shade}" fill-opacity="{opacity}"/>"""));
    }

    private Html Grid(bool first, bool lowest) => Html.Of($"""
        <g stroke="{Colour("--rule")}" stroke-width="0.6">
        {Html.Each(values?.Ticks(5) ?? [], tick => Html.Of($"""<path d="M0 {Text(values!.At(tick.Value))}h{Text(Width)}"/>"""))}
        {Html.Each(Epochs.Where(e => e <= epochs.High), epoch => Html.Of($"""<path d="M{Text(epochs.At(epoch))} 0v{Text(Height)}"/>"""))}
        </g>
        {(first ? Html.Each(values?.Ticks(5) ?? [], tick => Html.Of($"""<text x="-6" y="{Text(values!.At(tick.Value) + 3.5)}" text-anchor="end" fill="{Colour("--soft")}">{tick.Text}</text>""")) : Html.None)}
        {(lowest ? Html.Each(Epochs.Where(e => e <= epochs.High), epoch => Html.Of($"""<text x="{Text(epochs.At(epoch))}" y="{Text(Height + 14)}" text-anchor="middle" fill="{Colour("--soft")}">{epoch.ToString(CultureInfo.InvariantCulture)}</text>""")) : Html.None)}
        """);

    private Html Lines(CellView seed, int seeds) => Html.Each(figure.Lines, line =>
    {
        var points = seed[line.Reading].Points;
        var bars = points.Where(p => p.StandardError is > 0 && Drawn(p.Value) && Drawn(p.Value - p.StandardError.Value)).Select(p =>
            $"M{Text(epochs.At(p.Epoch))} {Text(values!.At(p.Value - p.StandardError!.Value))}V{Text(values.At(p.Value + p.StandardError.Value))}");
        return Html.Of($"""
            <path d="{string.Concat(bars)}" stroke="{ColourOf(line)}" stroke-width="0.5" stroke-opacity="0.6"/>
            <path d="{Path(points.Select(p => Drawn(p.Value) ? (epochs.At(p.Epoch), values!.At(p.Value)) : ((double, double)?)null))}" fill="none" stroke="{ColourOf(line)}" stroke-width="{(seeds > 1 ? "1" : "1.5")}" stroke-linejoin="round" stroke-linecap="round" stroke-dasharray="{(line.Dashed ? "4 3" : "none")}"/>
            """);
    });

    private bool Drawn(double value) => Scale.Draws(value, figure.Logarithmic);
}
