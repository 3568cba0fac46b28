using System.Globalization;

namespace Harness.Reporting.Cells;

/// <summary>Numbers as the page's data has them.</summary>
internal static class ShownNumber
{
    /// <summary>A number to so many significant digits; null where it is a hole.</summary>
    public static double? Of(double value, int digits) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
