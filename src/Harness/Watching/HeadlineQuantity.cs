using Harness.Results;

namespace Harness.Watching;

/// <summary>The one quantity that is shown of a cell while it runs: NC1, where the run measures it.</summary>
/// <param name="Id">metric/name.</param>
/// <param name="Header">What a narrow column calls it.</param>
/// <param name="Title">What a reader calls it.</param>
public sealed record HeadlineQuantity(string Id, string Header, string Title)
{
    private const int LongestHeader = 8;

    /// <summary>Lines of measurements looked through for its latest value: some measured epochs.</summary>
    private const int Looked = 4096;

    /// <summary>
    /// The first quantity that a figure draws and that falls with collapse over orders of magnitude, on a logarithmic axis; where there is none, the first that a
    /// figure draws; null where no figure draws any.
    /// </summary>
    /// <param name="quantities">The plan's quantities, in its order.</param>
    public static HeadlineQuantity? Of(IReadOnlyList<QuantityRecord> quantities)
    {
        var drawn = quantities.Where(q => q.Quantity.Figure is not null).ToList();
        var chosen = drawn.Find(q => q.Quantity is { Direction: Direction.LowerIsCollapsed, Scale: AxisScale.Log }) ?? drawn.FirstOrDefault();
        if (chosen is null) return null;
        // "NC1: within-class variability collapses" is the figure of NC1.
        var figure = chosen.Quantity.Figure!.Title.Split(':')[0];
        return new($"{chosen.Metric}/{chosen.Quantity.Name}", figure.Length <= LongestHeader ? figure : chosen.Quantity.Name, chosen.Quantity.Title);
    }

    /// <summary>Its latest value in a cell's folder, or null: of the training images where it is measured on several.</summary>
    /// <param name="folder">The cell's folder.</param>
    /// <exception cref="RunFolderException">A line is damaged.</exception>
    public double? Latest(CellFolder folder)
    {
        var values = new List<(Split?, double)>();
        var epoch = 0;
        foreach (var measurement in folder.ReadMeasurementsBackwards().Take(Looked))
        {
            if (values.Count > 0 && measurement.Epoch != epoch) break;
            if (measurement.Id != Id || measurement.Value is not { } value) continue;
            epoch = measurement.Epoch;
            values.Add((measurement.Split, value));
        }
        return Pick(values);
    }

    /// <summary>Its value among those of one epoch, likewise.</summary>
    /// <param name="values">Values on the splits it was measured on.</param>
    public static double? Pick(IEnumerable<(Split? Split, double Value)> values) =>
        values.OrderBy(v => v.Split switch { Split.Train => 0, null => 1, _ => 2 }).Select(v => (double?)v.Value).FirstOrDefault();
}
