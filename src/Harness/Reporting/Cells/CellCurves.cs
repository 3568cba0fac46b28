using Harness.Results;

namespace Harness.Reporting.Cells;

/// <summary>A quantity that is a curve, at the epochs there is room for.</summary>
/// <param name="Quantity">metric/name.</param>
/// <param name="Split">The images, or null.</param>
/// <param name="Epochs">Rising.</param>
/// <param name="X">Positions at each of them; one alone where they are the same at all.</param>
/// <param name="Y">Values at each of them; holes are null.</param>
internal sealed record CellCurves(string Quantity, Split? Split, IReadOnlyList<int> Epochs, IReadOnlyList<IReadOnlyList<double?>> X, IReadOnlyList<IReadOnlyList<double?>> Y)
{
    private const int Digits = 4;

    /// <summary>All of a cell: at the first epoch of the terminal phase and at the last, and of the others as many as there is room for, evenly over the measured ones.</summary>
    /// <param name="measurements">The cell's measurements.</param>
    /// <param name="terminal">First epoch of the terminal phase, or null.</param>
    /// <param name="room">Values.</param>
    public static IReadOnlyList<CellCurves> Of(IReadOnlyList<Measurement> measurements, int? terminal, int room)
    {
        var curves = measurements.Where(m => m.Y is not null).ToArray();
        var chosen = Chosen([.. curves.Select(m => m.Epoch).Distinct().Order()], terminal, curves.Length == 0 ? 0 : (int)(room / Math.Max(1, curves.GroupBy(m => m.Epoch).Max(g => g.Sum(m => m.Y!.Count)))));
        return
        [
            .. curves.Where(m => chosen.Contains(m.Epoch)).GroupBy(m => (m.Id, m.Split)).Select(g =>
            {
                var byEpoch = g.GroupBy(m => m.Epoch).Select(e => e.Last()).OrderBy(m => m.Epoch).ToArray();
                var positions = byEpoch.Skip(1).All(m => m.X!.SequenceEqual(byEpoch[0].X!)) ? byEpoch[..1] : byEpoch;
                return new CellCurves(g.Key.Id, g.Key.Split, [.. byEpoch.Select(m => m.Epoch)], [.. positions.Select(m => Shown(m.X!))], [.. byEpoch.Select(m => Shown(m.Y!))]);
            }),
        ];
    }

    /// <summary>The ends, and so many of the others that there are <paramref name="most"/> in all.</summary>
    private static HashSet<int> Chosen(int[] epochs, int? terminal, int most)
    {
        if (epochs.Length <= most) return [.. epochs];
        HashSet<int> ends = [.. epochs.Where(e => e == terminal || e == epochs[^1])];
        var others = epochs.Where(e => !ends.Contains(e)).ToArray();
        var wanted = Math.Min(others.Length, most - ends.Count);
        for (var i = 0; i < wanted; i++) ends.Add(others[(int)((long)i * others.Length / wanted)]);
        return ends;
    }

    private static double?[] Shown(IReadOnlyList<double> values) => [.. values.Select(v => ShownNumber.Of(v, Digits))];
}
