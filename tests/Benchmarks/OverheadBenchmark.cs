using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Results;
using Testing;

namespace Benchmarks;

/// <summary>What a run costs beside its training: from the parent's start to its first child and to its first cell's process, from there to the first training step, and writing results.</summary>
internal static class OverheadBenchmark
{
    private const int Repetitions = 5;

    private const string Networks = "{ small: { use: vgg, width: 0.125 }, smaller: { use: vgg, width: 0.0625 } }";

    // The first fills caches and is not counted.
    public static void Run(string? data)
    {
        using var scratch = new ScratchFolder();
        Console.WriteLine($"Medians of {Repetitions}, in seconds.");
        Console.WriteLine("set       first child  first cell  cell to first step");
        foreach (var set in data is not null && Directory.Exists(Path.Combine(data, "mnist")) ? new[] { "glyphs", "mnist" } : ["glyphs"])
        {
            var manifest = Manifest(scratch, set, "padTo: 32", epochs: 1000);
            var times = Enumerable.Range(0, Repetitions + 1).Select(i => Start(manifest, new(scratch[$"{set}-{i}"]), data)).Skip(1).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{set,-9} {Median(times.Select(t => t.FirstChild)),11:f2} {Median(times.Select(t => t.FirstCell)),11:f2} {Median(times.Select(t => t.FirstStep)),19:f2}"));
        }
        Write(scratch);
    }

    /// <summary>Starts a run of two cells and kills it at the first step of one.</summary>
    private static (double FirstChild, double FirstCell, double FirstStep) Start(string manifest, RunFolder folder, string? data)
    {
        var clock = Stopwatch.StartNew();
        using var run = HarnessCommandLine.Start(["run", manifest, "--out", folder.Path, "--devices", "cpu", "--jobs-per-device", "1", "--plain", .. data is null ? Array.Empty<string>() : ["--data", data]]);
        try
        {
            double? firstChild = null, firstCell = null;
            var cellStart = DateTimeOffset.MinValue;
            while (true)
            {
                if (run.HasExited) throw new InvalidOperationException(run.StandardOutput.ReadToEnd() + run.StandardError.ReadToEnd());
                if (firstCell is null)
                {
                    var children = Children(run.Id).ToList();
                    if (children.Count > 0) firstChild ??= clock.Elapsed.TotalSeconds;
                    if (children.Any(verb => verb == "cell")) (firstCell, cellStart) = (clock.Elapsed.TotalSeconds, DateTimeOffset.UtcNow);
                }
                else if (FirstStep(folder) is { } at)
                {
                    return (firstChild!.Value, firstCell.Value, (at - cellStart).TotalSeconds);
                }
                Thread.Sleep(2);
            }
        }
        finally
        {
            run.Kill(entireProcessTree: true);
            run.WaitForExit();
        }
    }

    /// <summary>Verbs of the processes that a process has started.</summary>
    private static IEnumerable<string> Children(int process)
    {
        foreach (var thread in Directory.GetDirectories($"/proc/{process}/task"))
            foreach (var child in Read(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return Read($"/proc/{child}/cmdline").Split('\0').ElementAtOrDefault(1) ?? "";
    }

    /// <summary>When a cell wrote into its log that it starts, which is the last it does before its first step.</summary>
    private static DateTimeOffset? FirstStep(RunFolder folder)
    {
        foreach (var line in folder.CellKeys().SelectMany(key => Read(folder.Cell(key).LogPath).Split('\n')))
            if (line.Contains("starts after epoch", StringComparison.Ordinal) && line.EndsWith('}'))
                return DateTimeOffset.Parse((string)JsonNode.Parse(line)!["@t"]!, CultureInfo.InvariantCulture);
        return null;
    }

    /// <summary>Trains a cell of few images to its end, then writes once more all that it wrote line by line.</summary>
    private static void Write(ScratchFolder scratch)
    {
        var folder = new RunFolder(scratch["whole"]);
        using var run = HarnessCommandLine.Start("run", Manifest(scratch, "glyphs", "padTo: 32, trainPerClass: 20, testPerClass: 10", epochs: 60), "--out", folder.Path, "--devices", "cpu", "--plain");
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        foreach (var cell in folder.Read().Cells)
        {
            var writing = Median(Enumerable.Range(0, Repetitions + 1).Select(i => SecondsOfWriting(cell, new(scratch["copy", $"{cell.Key}-{i}"]))).Skip(1).ToList());
            var whole = cell.Timings.Sum(t => t.TrainSeconds + t.MeasureSeconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{cell.Spec.Name}: {cell.Epochs.Count} epochs, {cell.Measurements.Count} measurements: {1000 * writing:f1} ms of writing, {100 * writing / whole:f2} % of {whole:f1} s of training and measuring"));
        }
    }

    private static double SecondsOfWriting(CellRecord cell, CellFolder copy)
    {
        var clock = Stopwatch.StartNew();
        copy.WriteSpec(cell.Spec);
        foreach (var timing in cell.Timings) copy.AppendTimings(timing);
        foreach (var epoch in cell.Epochs) copy.AppendTraining(epoch);
        foreach (var measured in cell.Measurements.GroupBy(m => m.Epoch)) copy.Append([.. measured]);
        copy.WriteResult(cell.Result!);
        return clock.Elapsed.TotalSeconds;
    }

    private static string Manifest(ScratchFolder scratch, string set, string options, int epochs) => scratch.Write(
        $$"""
        name: overhead
        architectures: {{Networks}}
        datasets: { {{set}}: { {{options}} } }
        training: { epochs: {{epochs}}, batchSize: 64, learningRate: 0.05 }
        measure: { epochs: papyan2020, metrics: { neural-collapse: , generalization: } }
        """, $"{set}-{epochs}.yaml");

    // A file or a process may be gone at any time.
    private static string Read(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Repetitions / 2);
}
