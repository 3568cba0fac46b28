using System.Globalization;

namespace Harness.Reporting.Numbers;

/// <summary>How the report prints numbers.</summary>
internal static class Number
{
    /// <summary>What stands where there is no number.</summary>
    public const string None = "–";

    /// <summary>Three significant digits: 0.0123, 4.56, 1,234; in powers of ten below 0.001 and from 100,000 on: 1.23×10⁻⁵.</summary>
    public static string General(double? value) => value switch
    {
        null => None,
        { } v when double.IsNaN(v) => "NaN",
        { } v when double.IsInfinity(v) => v > 0 ? "∞" : "−∞",
        0 => "0",
        { } v when Math.Abs(v) is < 1e-3 or >= 1e5 => Scientific(v),
        { } v => Minus(v.ToString("N" + Math.Max(0, 2 - (int)Math.Floor(Math.Log10(Math.Abs(v)))), CultureInfo.InvariantCulture)),
    };

    /// <summary>Three significant digits and a power of ten: 1.23×10⁻⁵.</summary>
    public static string Scientific(double? value)
    {
        if (value is not { } v || !double.IsFinite(v) || v == 0) return General(value);
        var parts = v.ToString("0.00e+0", CultureInfo.InvariantCulture).Split('e');
        return parts[1] == "+0" ? Minus(parts[0]) : $"{Minus(parts[0])}×{PowerOfTen(int.Parse(parts[1], CultureInfo.InvariantCulture))}";
    }

    /// <summary>A power of ten: 10⁻⁵.</summary>
    public static string PowerOfTen(int power) => "10" + string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(Superscript));

    /// <summary>A share as a percentage without its sign: 0.98765 is "98.77".</summary>
    public static string Percent(double? share) =>
        share is { } s && double.IsFinite(s) ? Minus((100 * s).ToString("F2", CultureInfo.InvariantCulture)) : General(share);

    /// <summary>A count with thousands set apart: 701,466.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An epoch, or a dash.</summary>
    public static string Epoch(int? epoch) => epoch?.ToString(CultureInfo.InvariantCulture) ?? None;

    /// <summary>A noun with its count: "1 cell", "12 cells".</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{Count(count)} {noun}s";

    private static string Minus(string digits) => digits.Replace('-', '−');

    private static char Superscript(char digit) => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'];
}
