namespace Harness.Reporting.Statistics;

/// <summary>A closed interval that is said to contain a number in 95 of 100 cases.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether a number lies in it, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The interval of a rising function of the number.</summary>
    public Interval Map(Func<double, double> rising) => new(rising(Low), rising(High));

    /// <summary>
    /// Wilson's interval of a share: of trials that all succeed alike and independently, <paramref name="count"/> of <paramref name="total"/> did. Wilson 1927 (JASA 22:209).
    /// </summary>
    /// <param name="count">From 0 to <paramref name="total"/>.</param>
    /// <param name="total">At least 1.</param>
    public static Interval OfShare(int count, int total)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(total, 1);
        const double Z = 1.959963984540054, Square = Z * Z;
        double n = total, share = count / n;
        var centre = (share + Square / (2 * n)) / (1 + Square / n);
        var half = Z / (1 + Square / n) * Math.Sqrt(share * (1 - share) / n + Square / (4 * n * n));
        return new(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
