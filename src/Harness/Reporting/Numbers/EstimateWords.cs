using System.Globalization;
using Harness.Reporting.Statistics;

namespace Harness.Reporting.Numbers;

/// <summary>Estimates in words: the number, its interval, and what is behind it.</summary>
/// <param name="noun">What is counted: "cell", or "pair" where cells have several seeds.</param>
internal sealed class EstimateWords(string noun)
{
    /// <summary>"95 % interval +0.02 to +0.04; 19 pairs, 57 cells", or what is behind it and why it has no interval.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="print">Prints a number of it.</param>
    public string Grounds(Estimate estimate, Func<double, string> print) => estimate switch
    {
        { Interval: { } interval } => $"{Interval(interval, print)}; {Behind(estimate)}",
        { Groups: < Bootstrap.FewestGroups } => $"{Behind(estimate)}: too few for an interval, which takes {Bootstrap.FewestGroups}",
        _ => $"{Behind(estimate)}: too many draws leave it undefined for an interval",
    };

    /// <summary>"95 % interval +0.02 to +0.04"; where every draw agrees, that, since such an interval is narrower than the data bear.</summary>
    public static string Interval(Interval interval, Func<double, string> print) => interval.Low == interval.High ? $"every draw gives {print(interval.Low)}, so that there is no telling how exact it is" : $"95 % interval {print(interval.Low)} to {print(interval.High)}";

    /// <summary>"19 cells, one seed each", "19 pairs, 57 cells".</summary>
    public string Behind(Estimate estimate) => noun == "cell" ? $"{Number.Of(estimate.Groups, noun)}, one seed each" : $"{Number.Of(estimate.Groups, noun)}, {Number.Of(estimate.Members, "cell")}";

    /// <summary>A number with its sign: "+0.0301", "−1.2", "0".</summary>
    public static string Signed(double value) => value > 0 ? "+" + Number.General(value) : Number.General(value);

    /// <summary>The same to two significant digits, where there is little room: "+0.030".</summary>
    public static string Short(double value) =>
        value == 0 || Math.Abs(value) is < 1e-3 or >= 10 ? Signed(value) : (value < 0 ? "−" : "+") + Math.Abs(value).ToString("F" + Math.Max(0, 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)))), CultureInfo.InvariantCulture);

    /// <summary>A share's change in percentage points: "+0.35".</summary>
    public static string Points(double share) => Fixed(100 * share);

    /// <summary>A correlation: "+0.62".</summary>
    public static string Rho(double value) => double.IsNaN(value) ? Number.None : Fixed(value);

    private static string Fixed(double value)
    {
        var digits = Math.Abs(value).ToString("F2", CultureInfo.InvariantCulture);
        return digits == "0.00" ? digits : (value < 0 ? "−" : "+") + digits;
    }
}
