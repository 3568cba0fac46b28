using System.Globalization;

namespace Benchmarks.Speed;

/// <summary>What is asked of a ratio of speeds, in processor time of one run.</summary>
internal static class Bar
{
    /// <summary>Prints a ratio and what is asked of it; nothing where one of the two did not run.</summary>
    /// <param name="what">The ratio, for people.</param>
    /// <param name="took">What each way took.</param>
    /// <param name="reference">The way it is measured by.</param>
    /// <param name="way">The way that is judged.</param>
    /// <param name="atLeast">The bar, or null where none is set.</param>
    public static void Say(string what, IReadOnlyDictionary<string, Seconds> took, string reference, string way, double? atLeast)
    {
        if (!took.TryGetValue(reference, out var theirs) || !took.TryGetValue(way, out var ours)) return;
        var ratio = theirs.Processor / ours.Processor;
        var verdict = atLeast is not { } bar ? "" : ratio >= bar ? $", bar {bar.ToString("F1", CultureInfo.InvariantCulture)} met" : $", bar {bar.ToString("F1", CultureInfo.InvariantCulture)} missed";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {ratio:F2} x{verdict}"));
    }

    /// <summary>Prints a time and what is asked of it.</summary>
    /// <param name="what">Of what.</param>
    /// <param name="seconds">It.</param>
    /// <param name="atMost">The bar.</param>
    public static void Within(string what, double seconds, double atMost) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what}: {1000 * seconds:F0} ms of processor time, bar {1000 * atMost:F0} ms {(seconds <= atMost ? "met" : "missed")}"));
}
