using System.Globalization;

namespace Harness.Watching;

/// <summary>How long something takes, for people.</summary>
internal static class Duration
{
    /// <summary>Two figures: "40 s", "12 min", "3 h 05 min", "2 d 4 h".</summary>
    /// <param name="seconds">At least 0.</param>
    public static string Text(double seconds)
    {
        var span = TimeSpan.FromSeconds(Math.Clamp(Math.Round(seconds), 0, 1e9));
        return span switch
        {
            { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
            { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
            { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{span.Hours} h {span.Minutes:00} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{span.Days} d {span.Hours} h"),
        };
    }
}
