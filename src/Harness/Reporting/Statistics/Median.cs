namespace Harness.Reporting.Statistics;

/// <summary>The middle value.</summary>
internal static class Median
{
    /// <summary>Of an even number, the mean of the middle two; null of none.</summary>
    public static double? Of(IReadOnlyCollection<double> values) => values.Count == 0 ? null : OfScratch([.. values]);

    /// <summary>The same of an array of at least one value, which it sorts.</summary>
    public static double OfScratch(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
