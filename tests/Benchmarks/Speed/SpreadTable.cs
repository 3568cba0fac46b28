using System.Globalization;

namespace Benchmarks.Speed;

/// <summary>Values of quantities by way, one of each seed, as a table of Markdown: the first way is what the others are compared with.</summary>
/// <param name="ways">The columns.</param>
internal sealed class SpreadTable(string[] ways)
{
    private readonly Dictionary<string, Dictionary<string, List<double>>> values = [];

    /// <summary>Adds the value of one more seed.</summary>
    public void Add(string quantity, string way, double value)
    {
        if (!values.TryGetValue(quantity, out var byWay)) values[quantity] = byWay = ways.ToDictionary(w => w, _ => new List<double>());
        byWay[way].Add(value);
    }

    /// <summary>What was added last for a way, in a line.</summary>
    public string Last(string way) => string.Join("; ", values.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key} {row.Value[way][^1]:G6}")));

    /// <inheritdoc/>
    public override string ToString()
    {
        var lines = new List<string> { $"| quantity | {string.Join(" | ", ways)} |", $"|---|{string.Concat(ways.Select(_ => "---|"))}" };
        lines.AddRange(values.Select(row => $"| {row.Key} | {string.Join(" | ", ways.Select(way => Cell(row.Value[way], way == ways[0] ? null : row.Value[ways[0]])))} |"));
        return string.Join('\n', lines);
    }

    private static string Cell(List<double> sample, List<double>? reference)
    {
        var cell = string.Create(CultureInfo.InvariantCulture, $"{sample.Average():G3} ({Deviation(sample):G2})");
        if (reference is null) return cell;
        // In units of the two ways' common deviation over seeds: under 1, the way moves the quantity less than another seed does.
        var spread = Math.Sqrt((Math.Pow(Deviation(sample), 2) + Math.Pow(Deviation(reference), 2)) / 2);
        var moved = sample.Average() - reference.Average();
        return cell + (moved == 0 ? ", 0" : string.Create(CultureInfo.InvariantCulture, $", {Math.Round(moved / spread, 1) + 0.0:+0.0;-0.0}"));
    }

    private static double Deviation(List<double> sample)
    {
        var mean = sample.Average();
        return Math.Sqrt(sample.Sum(v => (v - mean) * (v - mean)) / (sample.Count - 1));
    }
}
