using Harness.Reporting.Drawing;
using Harness.Reporting.Numbers;
using static Harness.Reporting.Drawing.Svg;

namespace Harness.Reporting.Sections;

/// <summary>Last-epoch test error against the learning rate, as a picture that needs no script.</summary>
internal static class SweepChart
{
    private const double Width = 460, Height = 180, Left = 44, Right = 448, Top = 22, Bottom = 156;

    /// <summary>Both axes logarithmic; the vertical one linear where an error is zero. The chosen rate is marked, and rates that failed are crosses on the axis.</summary>
    public static Html Render(SweepChoice sweep)
    {
        var known = sweep.Rates.Where(r => r.TestError is not null).ToArray();
        if (known.Length == 0) return Html.None;
        var logarithmic = known.All(r => r.TestError > 0);
        var errors = known.Select(r => r.TestError!.Value).ToArray();
        var (lowest, highest) = (errors.Min(), errors.Max());
        var (rates, axis) = (Between(sweep.Rates[0].Rate, sweep.Rates[^1].Rate, true, Left + 10, Right - 10), Between(lowest, highest, logarithmic, Bottom - 10, Top + 10));
        double X(SweptRate rate) => rates.At(rate.Rate);
        double Y(double error) => axis.At(error);
        var chosen = sweep.Chosen!;
        return Html.Of($"""
            <svg class="rates" viewBox="0 0 {Text(Width)} {Text(Height)}" role="img" aria-label="{Spoken(sweep)}">
              <path class="frame" d="M{Text(Left)} {Text(Top)}V{Text(Bottom)}H{Text(Right)}"/>
              <path class="best" d="M{Text(X(chosen))} {Text(Top)}V{Text(Bottom)}"/>
              <text class="name" x="{Text(Math.Clamp(X(chosen), Left + 70, Right - 30))}" y="14" text-anchor="middle">{chosen.Label}</text>
              <text x="{Text(Left - 5)}" y="{Text(Y(lowest) + 4)}" text-anchor="end">{Number.Percent(lowest)}</text>
              {(highest > lowest ? Html.Of($"""<text x="{Text(Left - 5)}" y="{Text(Y(highest) + 4)}" text-anchor="end">{Number.Percent(highest)}</text>""") : Html.None)}
              <text x="38" y="14" text-anchor="middle">test error, %</text>
              <text x="{Text(X(sweep.Rates[0]))}" y="{Text(Bottom + 16)}" text-anchor="middle">{sweep.Rates[0].Label}</text>
              <text x="{Text(X(sweep.Rates[^1]))}" y="{Text(Bottom + 16)}" text-anchor="middle">{sweep.Rates[^1].Label}</text>
              <text x="{Text((Left + Right) / 2)}" y="{Text(Bottom + 16)}" text-anchor="middle">learning rate</text>
              <polyline class="line line-0" points="{string.Join(' ', known.Select(r => $"{Text(X(r))},{Text(Y(r.TestError!.Value))}"))}"/>
              {Html.Each(known, r => Html.Of($"""<circle class="{(r == chosen ? "chosen" : "")}" cx="{Text(X(r))}" cy="{Text(Y(r.TestError!.Value))}" r="{(r == chosen ? 5 : 3)}"/>"""))}
              {Html.Each(sweep.Lost, r => Html.Of($"""<path class="lost" d="M{Text(X(r) - 4)} {Text(Bottom - 4)}l8 8m0-8l-8 8"/>"""))}
            </svg>
            """);
    }

    private static string Spoken(SweepChoice sweep) => $"Last-epoch test error in percent against the learning rate: "
        + string.Join("; ", sweep.Rates.Select(r => $"{r.Label}: {Number.Percent(r.TestError)}")) + $"; chosen {sweep.Chosen!.Label}";

    /// <summary>The axis between two values; where they are one, it lies in the middle.</summary>
    private static Scale Between(double low, double high, bool logarithmic, double from, double to) =>
        low < high ? new(low, high, logarithmic, from, to) : new(low - 1, low + 1, false, from, to);
}
