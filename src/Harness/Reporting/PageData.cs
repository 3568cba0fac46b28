using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Reporting.Numbers;
using Harness.Reporting.Published;
using Harness.Reporting.Sections;

namespace Harness.Reporting;

/// <summary>
/// The numbers the page's script draws from: one JSON island. Holes (NaN, infinities) are null, numbers have six significant digits, and a curve measured at every epoch its cell was has no epochs of its own.
/// Cells of learning rates that are not chosen are drawn nowhere and have no curves, so that a sweep does not make the page as many times as long.
/// </summary>
internal static class PageData
{
    // The default encoder writes <, > and & as \u escapes, so no text can end the script element it stands in.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>A reading's name in the page: "neural-collapse/nc1, train".</summary>
    public static string Key(Reading reading) => reading.Split switch { Split.Train => reading.Id + ", train", Split.Test => reading.Id + ", test", _ => reading.Id };

    /// <summary>Writes the island of a run.</summary>
    public static void Write(RunView run, Stream page)
    {
        var noun = run.Summary.Noun;
        JsonSerializer.Serialize(
            page, new
            {
                maps = HeatQuantity.Of(run).ToDictionary(q => q.Id, q => Map(HeatMap.Of(run, q))),
                associations = new { robustness = Associated("robustness", run.Robustness, noun), generalization = Associated("generalization", run.Generalization, noun) },
                figures = run.Figures.ToDictionary(f => f.Anchor, f => new
                {
                    f.Figure.Title,
                    f.Unit,
                    f.Logarithmic,
                    lines = f.Lines.Select(l => new { curve = Key(l.Reading), l.Legend, l.Colour, l.Dashed, published = l.Reading == Reading.TestAccuracy ? true : (bool?)null }),
                }),
                pairs = run.Pairs.Select(p => new { p.Architecture, dataset = run.Title(p.Dataset), cells = p.Seeds.Select(s => s.Place) }),
                cells = run.Cells.Select(c => Cell(run, c)),
            }, Options);
    }

    private static object Map(HeatMap map) => new
    {
        map.Quantity.Title,
        scale = map.Quantity.Scale.ToString(),
        map.Range,
        places = map.Places.Select(p => new { p.Text, share = p.Share is null ? null : p.Colour, p.Note }),
    };

    private static object Associated(string what, Associations associations, string noun)
    {
        var words = new AssociationWords(noun, what);
        return new
        {
            x = associations.Collapse.Select(Axis),
            y = associations.Against.Select(Axis),
            says = associations.Collapse.Select(x => associations.Against.Select(y => associations.Of(x.Reading, y.Reading)!).Select(association => new
            {
                sentence = words.Sentence(association),
                rows = words.Rows(association).Select(row => new
                {
                    row.Rho,
                    row.Interval,
                    row.Behind,
                    row.Says,
                    whisker = AssociationSection.Whisker(row),
                    kind = double.IsNaN(row.Estimate.Value) ? "none" : row.Estimate.SignIsKnown ? "known" : "open",
                }),
            })),
        };
    }

    private static object Axis(Axis axis) => new { curve = Key(axis.Reading), axis.Title, axis.Sign, axis.Logarithmic };

    private static object Cell(RunView run, CellView cell)
    {
        var curves = run.IsPassedOver(cell) ? [] : cell.Curves;
        var epochs = curves.SelectMany(c => c.Points).Select(p => p.Epoch).Distinct().Order().ToArray();
        var paper = PapyanTable1.Find(cell.Spec.Dataset.Plugin, cell.Spec.Architecture.Plugin);
        return new
        {
            name = run.Name(cell),
            cell.Spec.Seed,
            done = cell.Done ? true : (bool?)null,
            terminal = cell.TerminalPhaseEpoch,
            last = cell.LastEpoch,
            published = paper is null ? null : new { zero = Finite(paper.AtZeroError / 100), last = Finite(paper.AtLast / 100), paper.Recalled },
            epochs,
            curves = curves.ToDictionary(c => Key(new(c.Id, c.Split)), c => new
            {
                x = c.Points.Count == epochs.Length ? null : c.Points.Select(p => p.Epoch),
                y = c.Points.Select(p => Finite(p.Value)),
                error = c.Points.Any(p => p.StandardError is not null) ? c.Points.Select(p => Finite(p.StandardError)) : null,
            }),
        };
    }

    private static double? Finite(double? value) =>
        value is { } v && double.IsFinite(v) ? double.Parse(v.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
