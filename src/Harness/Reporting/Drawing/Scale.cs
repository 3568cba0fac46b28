using System.Globalization;
using Harness.Reporting.Numbers;

namespace Harness.Reporting.Drawing;

/// <summary>An axis of a drawing: from a value to a place along it.</summary>
/// <param name="Low">The lowest value on it.</param>
/// <param name="High">The highest, above it.</param>
/// <param name="Logarithmic">Whether equal ratios are equal steps; then both are positive.</param>
/// <param name="From">Where the lowest lies.</param>
/// <param name="To">Where the highest lies: below <paramref name="From"/> where the axis goes up the page.</param>
internal sealed record Scale(double Low, double High, bool Logarithmic, double From, double To)
{
    /// <summary>A scale that holds all values and a little more; null where there is none that can be drawn.</summary>
    /// <param name="values">Values; holes, and on a logarithmic axis what is not positive, are passed over.</param>
    /// <param name="logarithmic">Whether it is logarithmic.</param>
    /// <param name="from">Where the lowest lies.</param>
    /// <param name="to">Where the highest lies.</param>
    /// <param name="room">What is left free at both ends, as a share.</param>
    public static Scale? Over(IEnumerable<double> values, bool logarithmic, double from, double to, double room)
    {
        var drawn = values.Where(v => Draws(v, logarithmic)).ToArray();
        if (drawn.Length == 0) return null;
        var (low, high) = (drawn.Min(), drawn.Max());
        if (logarithmic)
        {
            var margin = low == high ? 2 : Math.Pow(high / low, room);
            return new(low / margin, high * margin, true, from, to);
        }
        var span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        // An axis that comes near zero starts there.
        return new(low >= 0 && low < 0.4 * high ? 0 : low - (room * span), high + (room * span), false, from, to);
    }

    /// <summary>Whether a value has a place.</summary>
    public static bool Draws(double value, bool logarithmic) => double.IsFinite(value) && (!logarithmic || value > 0);

    /// <summary>Where a value lies.</summary>
    public double At(double value) => From + ((To - From) * (Logarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low)));

    /// <summary>Round values to mark, at most about so many, with what stands at them.</summary>
    /// <param name="most">How many.</param>
    public IReadOnlyList<(double Value, string Text)> Ticks(int most)
    {
        if (Logarithmic)
        {
            var (first, last) = ((int)Math.Ceiling(Math.Log10(Low) - 1e-9), (int)Math.Floor(Math.Log10(High) + 1e-9));
            if (last - first >= 1)
            {
                var step = Math.Max(1, (int)Math.Ceiling((last - first + 1.0) / most));
                return [.. Enumerable.Range(first, last - first + 1).Where(p => (p - first) % step == 0).Select(p => (Math.Pow(10, p), Power(p)))];
            }
        }
        var rough = (High - Low) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var round = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        var digits = Math.Max(0, -(int)Math.Floor(Math.Log10(round) + 1e-9));
        return
        [
            .. Enumerable.Range(0, 1000).Select(i => (Math.Ceiling((Low / round) - 1e-9) + i) * round).TakeWhile(v => v <= High + (1e-9 * round)).Select(v => (v, Text(v, digits))),
        ];
    }

    private static string Power(int power) => power is >= -2 and <= 3 ? Math.Pow(10, power).ToString("0.##", CultureInfo.InvariantCulture) : Number.PowerOfTen(power);

    private static string Text(double value, int digits) => digits > 4 || Math.Abs(value) >= 1e5 ? Number.Scientific(value) : value.ToString("F" + digits, CultureInfo.InvariantCulture).Replace('-', '−');
}
