using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Speed;

/// <summary>
/// Several ways of one piece of work, timed in turn so that whatever else the machine does falls on all alike; the best round of each counts. Processor time is what a
/// busy machine disturbs least, wall time what a quiet one is judged by.
/// </summary>
internal sealed class Contest
{
    private readonly List<(string Name, Func<(double Wall, double Processor)> Round)> ways = [];

    /// <summary>Adds a way of this process.</summary>
    public void Add(string name, Action work) => ways.Add((name, () =>
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        work();
        return (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
    ));

    /// <summary>Adds a way that times itself.</summary>
    public void Add(string name, Func<(double Wall, double Processor)> round) => ways.Add((name, round));

    /// <summary>Runs all of them and prints a line each; ratios are of speeds, to the first way.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="amount">How much a round does.</param>
    /// <param name="unit">Of what.</param>
    public void Run(string title, int rounds, double amount, string unit)
    {
        foreach (var way in ways) way.Round();
        var best = ways.Select(_ => (Wall: double.MaxValue, Processor: double.MaxValue)).ToArray();
        for (var round = 0; round < rounds; round++)
            foreach (var (i, way) in ways.Index())
            {
                var (wall, processor) = way.Round();
                best[i] = (Math.Min(best[i].Wall, wall), Math.Min(best[i].Processor, processor));
            }
        Console.WriteLine(title);
        foreach (var (i, way) in ways.Index())
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {way.Name,-34} {amount / best[i].Wall,10:G5} {unit}/s wall {best[0].Wall / best[i].Wall,6:F2} x   {1000 * best[i].Processor,10:F1} ms processor {best[0].Processor / best[i].Processor,6:F2} x"));
    }
}
