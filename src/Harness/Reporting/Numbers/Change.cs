using Harness.Reporting.Statistics;

namespace Harness.Reporting.Numbers;

/// <summary>How a quantity changed in each pair, as the mean over its seeds, and in the median of them.</summary>
/// <param name="ByPair">Of each pair that has it.</param>
/// <param name="Median">Their median.</param>
internal sealed record Change(IReadOnlyList<double> ByPair, Estimate Median)
{
    /// <summary>In how many it rose.</summary>
    public int Up => ByPair.Count(change => change > 0);

    /// <summary>In how many it fell.</summary>
    public int Down => ByPair.Count(change => change < 0);

    /// <summary>Takes it from a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="change">The change in a cell; null where it has none.</param>
    public static Change Of(RunView run, Func<CellView, double?> change)
    {
        var groups = run.Pairs.Select(pair => pair.Values(change)).Where(seeds => seeds.Count > 0).ToArray();
        return new(
            [.. groups.Select(seeds => seeds.Average())],
            Bootstrap.Of([.. groups.Select(seeds => seeds.Select(value => new[] { value }).ToArray())], means => Statistics.Median.OfScratch(means[0])));
    }
}
