using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Reporting.Numbers;
using Harness.Reporting.Sections;

namespace Harness.Reporting;

/// <summary>
/// The numbers the page's script draws from: the one JSON island. Holes (NaN, infinities) are null, numbers have six significant digits. Cells of learning rates
/// that are not chosen are drawn nowhere and have no curves, so that a sweep does not make the page as many times as long.
/// </summary>
internal static class PageData
{
    // The default encoder writes <, > and & as \u escapes, so no text can end the script element it stands in.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Writes the island of a run.</summary>
    public static void Write(RunView run, Stream page) => JsonSerializer.Serialize(
        page, new
        {
            tints = MatrixTint.All.Select(t => new { t.Id, t.Logarithmic, values = run.Cells.Select(c => c.Done ? Finite(t.Value(c)) : null) }),
            figures = run.Figures.ToDictionary(f => f.Anchor, f => new
            {
                f.Figure.Title,
                f.Unit,
                f.Logarithmic,
                lines = f.Lines.Select(l => new { curve = Key(l.Reading.Id, l.Reading.Split), l.Legend, l.Colour, l.Dashed }),
            }),
            cells = run.Cells.Select(c => new
            {
                name = run.Name(c),
                c.Spec.Seed,
                terminal = c.TerminalPhaseEpoch,
                last = c.LastEpoch,
                curves = Drawn(run, c).ToDictionary(k => Key(k.Id, k.Split), k => new
                {
                    x = k.Points.Select(p => p.Epoch),
                    y = k.Points.Select(p => Finite(p.Value)),
                    error = k.Points.Any(p => p.StandardError is not null) ? k.Points.Select(p => Finite(p.StandardError)) : null,
                }),
            }),
        }, Options);

    private static IEnumerable<Curve> Drawn(RunView run, CellView cell) => run.IsPassedOver(cell) ? [] : cell.Curves;

    private static string Key(string id, Split? split) => split switch { Split.Train => id + ", train", Split.Test => id + ", test", _ => id };

    private static double? Finite(double? value) =>
        value is { } v && double.IsFinite(v) ? double.Parse(v.ToString("G6", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : null;
}
