namespace Harness.Reporting.Statistics;

/// <summary>A number taken from a run, with how far to trust it.</summary>
/// <param name="Value">The number; NaN where the data have none.</param>
/// <param name="Interval">Its 95 % interval; null where there are too few groups for one, or where many draws leave the number undefined.</param>
/// <param name="Groups">How many groups it rests on: architectures on data sets.</param>
/// <param name="Members">How many members those have together: cells, one for each seed.</param>
internal sealed record Estimate(double Value, Interval? Interval, int Groups, int Members)
{
    /// <summary>Whether the interval leaves out zero, so that the sign is known.</summary>
    public bool SignIsKnown => Interval is { } interval && !interval.Contains(0);

    /// <summary>The same of a rising function of the number.</summary>
    public Estimate Map(Func<double, double> rising) => this with { Value = rising(Value), Interval = Interval?.Map(rising) };
}
