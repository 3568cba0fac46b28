using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A figure: the quantities drawn together in each of its panels.</summary>
/// <param name="Anchor">Id of its section in the page.</param>
/// <param name="Figure">Its declaration.</param>
/// <param name="Quantities">What it draws, in the order of declaration.</param>
/// <param name="Lines">The lines of a panel.</param>
internal sealed record FigureView(string Anchor, Figure Figure, IReadOnlyList<QuantityRecord> Quantities, IReadOnlyList<Line> Lines)
{
    /// <summary>Whether its axis is logarithmic: where the first of its quantities says so.</summary>
    public bool Logarithmic => Quantities[0].Quantity.Scale == AxisScale.Log;

    /// <summary>The axis's unit, or nothing.</summary>
    public string Unit => Quantities.Select(q => q.Quantity.Unit).Distinct().ToArray() is [not "1"] units ? units[0] : "";

    /// <summary>The run's figures by order; of those with one order, by declaration.</summary>
    /// <param name="quantities">What the metrics measure.</param>
    /// <param name="cells">The run's cells.</param>
    public static IReadOnlyList<FigureView> Of(IReadOnlyList<QuantityRecord> quantities, IReadOnlyList<CellView> cells)
    {
        var splits = cells.SelectMany(c => c.Curves).Select(c => (c.Id, c.Split)).ToHashSet();
        return
        [
            .. quantities.Where(q => q.Quantity.Figure is not null).GroupBy(q => q.Quantity.Figure!).OrderBy(g => g.Key.Order)
                .Select((g, place) => new FigureView($"figure-{place + 1}", g.Key, [.. g], LinesOf([.. g], splits))),
        ];
    }

    private static IReadOnlyList<Line> LinesOf(IReadOnlyList<QuantityRecord> quantities, HashSet<(string Id, Split? Split)> measured)
    {
        var lines = (from q in quantities
                     from split in (Split?[])[null, Split.Train, Split.Test]
                     where measured.Contains(($"{q.Metric}/{q.Quantity.Name}", split))
                     select (Quantity: q, Split: split)).ToArray();
        var series = quantities.Select(q => q.Quantity.Series).Distinct().ToList();
        return
        [
            // Colour tells the series apart and dashes the split, as in the paper; with one series alone, colour helps to tell the splits apart too.
            .. lines.Select(line => new Line(new($"{line.Quantity.Metric}/{line.Quantity.Quantity.Name}", line.Split), LegendOf(line, lines),
                series.Count > 1 ? series.IndexOf(line.Quantity.Quantity.Series) : line.Split == Split.Test ? 2 : 0, line.Split == Split.Test)),
        ];
    }

    private static string LegendOf((QuantityRecord Quantity, Split? Split) line, (QuantityRecord Quantity, Split? Split)[] all)
    {
        var series = line.Quantity.Quantity.Series;
        var split = line.Split switch { Split.Train => "training images", Split.Test => "test images", _ => "" };
        return (series, split) switch
        {
            ("", "") => line.Quantity.Quantity.Title,
            ("", _) => split,
            _ => all.Any(other => other.Split == Split.Test) && split.Length > 0 ? $"{series}, {split}" : series,
        };
    }
}

/// <summary>One line of a figure's panels.</summary>
/// <param name="Reading">What it draws.</param>
/// <param name="Legend">What a reader calls it.</param>
/// <param name="Colour">Place in the page's palette: 0 is the paper's blue, 1 its orange.</param>
/// <param name="Dashed">Whether it is dashed: test images.</param>
internal sealed record Line(Reading Reading, string Legend, int Colour, bool Dashed);
