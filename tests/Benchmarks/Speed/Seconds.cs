using System.Diagnostics;

namespace Benchmarks.Speed;

/// <summary>What some work took.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="Processor">Of all threads together.</param>
internal readonly record struct Seconds(double Wall, double Processor)
{
    /// <summary>Does it and times it.</summary>
    public static Seconds Of(Action work)
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}
