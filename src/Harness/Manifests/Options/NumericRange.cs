using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Harness.Manifests.Options;

/// <summary>A [Range] over numbers, said in words. The attribute itself rounds a 1.4 to 1 where its bounds are whole, and throws where a number is too large.</summary>
internal sealed record NumericRange(double Minimum, double Maximum, bool AboveMinimum, bool BelowMaximum)
{
    /// <summary>The range, or null where its bounds are no numbers.</summary>
    public static NumericRange? Of(RangeAttribute range) => IsNumber(range.Minimum) && IsNumber(range.Maximum)
        ? new(ToDouble(range.Minimum), ToDouble(range.Maximum), range.MinimumIsExclusive, range.MaximumIsExclusive) : null;

    public static bool IsNumber(object? value) => value is int or long or float or double;

    public bool Contains(object number) =>
        ToDouble(number) is var x && (AboveMinimum ? x > Minimum : x >= Minimum) && (BelowMaximum ? x < Maximum : x <= Maximum);

    /// <summary>"between 1 and 1000", "above 0 and at most 1", "at least 1".</summary>
    public string Sentence
    {
        get
        {
            var low = $"{(AboveMinimum ? "above" : "at least")} {Format(Minimum)}";
            var high = $"{(BelowMaximum ? "below" : "at most")} {Format(Maximum)}";
            if (Maximum >= int.MaxValue) return low;
            if (Minimum <= int.MinValue) return high;
            return AboveMinimum || BelowMaximum ? $"{low} and {high}" : $"between {Format(Minimum)} and {Format(Maximum)}";
        }
    }

    /// <summary>A value as a manifest writes it.</summary>
    public static string Format(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static double ToDouble(object number) => Convert.ToDouble(number, CultureInfo.InvariantCulture);
}
