using System.Globalization;
using Harness.Manifests;

namespace Harness.Running;

/// <summary>When a run is to stop, whatever is done by then.</summary>
/// <param name="until">A moment by the clock on the wall, or null. Looked up anew each time, so that it stays that moment when the clock is set.</param>
/// <param name="budget">A length of time from now, or null; time in which the machine sleeps does not count.</param>
/// <param name="clock">Both clocks.</param>
public sealed class Deadline(DateTimeOffset? until, TimeSpan? budget, TimeProvider clock)
{
    private readonly long start = clock.GetTimestamp();

    /// <summary>What a sentence calls a moment that can be written.</summary>
    public const string Wanted = "a time of day such as 07:00, or a date with one such as 2030-01-31T07:00";

    /// <summary>Time left; null where there is no end.</summary>
    public TimeSpan? Left
    {
        get
        {
            var byWall = until - clock.GetUtcNow();
            var byBudget = budget - clock.GetElapsedTime(start);
            return byWall < byBudget ? byWall : byBudget ?? byWall;
        }
    }

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>Reads a moment.</summary>
    /// <param name="text">A local time of day, which is the next such moment, or a date and time, local where it has no offset.</param>
    /// <param name="clock">Says what time it is, and where.</param>
    /// <returns>The moment, or null where the text is none.</returns>
    public static DateTimeOffset? Moment(string text, TimeProvider clock)
    {
        var zone = clock.LocalTimeZone;
        if (TimeOnly.TryParseExact(text, ["H:mm", "H:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            var now = clock.GetLocalNow();
            var today = Local(DateOnly.FromDateTime(now.DateTime).ToDateTime(time), zone);
            return today > now ? today : Local(DateOnly.FromDateTime(now.DateTime).AddDays(1).ToDateTime(time), zone);
        }
        string[] dates = ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];
        if (DateTime.TryParseExact(text, dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return Local(local, zone);
        string[] withOffset = [.. dates.Select(date => date + "zzz"), .. dates.Select(date => date + "Z")];
        return DateTimeOffset.TryParseExact(text, withOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }

    /// <summary>It for a log, after what the run is: nothing, or ", for 7h59m".</summary>
    public override string ToString() => Left is { } left ? $", for {Duration.Text(left > TimeSpan.Zero ? left : TimeSpan.Zero)}" : "";

    // A time of day that the spring skips is the moment at which the clocks jump over it.
    private static DateTimeOffset Local(DateTime local, TimeZoneInfo zone) => new(local, zone.GetUtcOffset(zone.IsInvalidTime(local) ? local.AddHours(-1) : local));
}
