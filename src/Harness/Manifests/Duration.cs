using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Manifests;

/// <summary>A length of time as people write it: <c>90s</c>, <c>15m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
public static partial class Duration
{
    /// <summary>What a sentence calls one.</summary>
    public const string Wanted = "a length of time such as 90s, 15m, 12h or 1h30m";

    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1))];

    /// <summary>Reads one.</summary>
    /// <param name="text">Whole numbers with units, the larger first.</param>
    /// <returns>The length of time, or null where the text is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        var match = Parts().Match(text);
        if (!match.Success || text.Length == 0) return null;
        var total = TimeSpan.Zero;
        foreach (var (unit, length) in Units)
            if (match.Groups[unit] is { Success: true } part) total += length * int.Parse(part.Value, CultureInfo.InvariantCulture);
        return total;
    }

    /// <summary>Says one, to the second and in no more than two units: "1h30m", "45s".</summary>
    /// <param name="length">At least 0.</param>
    public static string Text(TimeSpan length)
    {
        var text = "";
        var parts = 0;
        foreach (var (unit, one) in Units)
        {
            var count = (long)(length / one);
            if (count == 0 && parts == 0) continue;
            length -= one * count;
            if (count > 0) text += $"{count}{unit}";
            if (++parts == 2) break;
        }
        return text.Length == 0 ? "0s" : text;
    }

    // Nine thousand of any unit is years at most, and sums stay far inside a TimeSpan.
    [GeneratedRegex(@"^(?:(?<d>[0-9]{1,4})d)?(?:(?<h>[0-9]{1,4})h)?(?:(?<m>[0-9]{1,4})m)?(?:(?<s>[0-9]{1,6})s)?\z")]
    private static partial Regex Parts();
}
