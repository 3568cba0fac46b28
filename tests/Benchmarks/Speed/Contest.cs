using System.Globalization;

namespace Benchmarks.Speed;

/// <summary>
/// Several ways of one piece of work, timed in turn so that whatever else the machine does falls on all alike; the best round of each counts. Processor time is what a
/// busy machine disturbs least, wall time what a quiet one is judged by. On a GPU the processor is the GPU, and wall time is both.
/// </summary>
/// <param name="onGpu">Whether the work is a GPU's; each round then ends with a value read from it.</param>
internal sealed class Contest(bool onGpu = false)
{
    private readonly List<Way> ways = [];

    /// <summary>Adds a way of this process.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="work">A round of it.</param>
    /// <param name="peak">Floating-point operations a processor second that are its ceiling, or null where a share of it is not told.</param>
    public void Add(string name, Action work, double? peak = null) => Add(name, () => Seconds.Of(work), peak);

    /// <summary>Adds a way that times itself.</summary>
    public void Add(string name, Func<Seconds> round, double? peak = null) => ways.Add(new(name, round, peak));

    /// <summary>Runs all of them and prints a line each; ratios are of speeds, to the first way.</summary>
    /// <param name="title">What is done.</param>
    /// <param name="rounds">How often.</param>
    /// <param name="amount">How much a round does.</param>
    /// <param name="unit">Of what.</param>
    /// <param name="operations">Floating-point operations of a round, where they are known.</param>
    /// <returns>The best of each way.</returns>
    public IReadOnlyDictionary<string, Seconds> Run(string title, int rounds, double amount, string unit, double operations = 0)
    {
        foreach (var way in ways) way.Round();
        var best = ways.ToDictionary(way => way.Name, _ => new Seconds(double.MaxValue, double.MaxValue));
        for (var round = 0; round < rounds; round++)
            foreach (var way in ways)
            {
                var took = way.Round();
                best[way.Name] = new(Math.Min(best[way.Name].Wall, took.Wall), Math.Min(best[way.Name].Processor, onGpu ? took.Wall : took.Processor));
            }
        Console.WriteLine(title);
        var first = best[ways[0].Name];
        foreach (var way in ways)
        {
            var took = best[way.Name];
            var share = way.Peak is { } peak ? $"   {100 * operations / took.Processor / peak,3:F0} % of peak" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {way.Name,-34} {amount / took.Wall,10:G5} {unit}/s wall {first.Wall / took.Wall,6:F2} x   {1000 * took.Processor,10:F1} ms processor {first.Processor / took.Processor,6:F2} x{share}"));
        }
        return best;
    }

    private sealed record Way(string Name, Func<Seconds> Round, double? Peak);
}
