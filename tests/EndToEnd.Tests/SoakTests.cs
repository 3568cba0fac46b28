using System.Text.Json;
using Harness.Results;
using Testing;
using ResultsJson = Harness.Results.Json;

namespace EndToEnd.Tests;

/// <summary>A bad night in small: a matrix in which most things that can go wrong do, while the run itself is killed again and again.</summary>
public sealed class SoakTests : IDisposable
{
    private const string Sound =
        """
          calm: { use: faulty }
          even: { use: faulty, scratch: even }
          steady: { use: faulty, scratch: steady }
          ResNet: { use: resnet, width: 0.05 }
          VGG: { use: vgg, width: 0.02 }
        """;

    private const string Sick =
        """
          aborting: { use: faulty, fault: aborts }
          unbuilt: { use: faulty, fault: throws-in-build }
          mismeasured: { use: faulty, scratch: mismeasured }
          exploding: { use: faulty, fault: gives-na-n }
          hanging: { use: faulty, fault: hangs }
          eating: { use: faulty, fault: eats-memory }
          quitting: { use: faulty, fault: exits-quietly }
        """;

    // Limits are for the sick alone: on a busy machine a sound cell, too, may be silent for seconds.
    private const string ForTheSick =
        """
        overrides:
          - { for: { architecture: mismeasured }, measure: { metrics: { throwing: } } }
          - { for: { architecture: hanging }, limits: { stall: 5s } }
          - { for: { architecture: eating }, limits: { memory: 1GiB } }
        """;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task EveryHealthyCellOfABadNightEqualsThatOfAnUndisturbedOneAndEveryFailureIsNamed()
    {
        var calm = scratch.Write(Manifest(Sound, ""), "calm.yaml");
        var undisturbed = await HarnessCommandLine.RunAsync(Arguments(calm, "calm"));
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Output + undisturbed.Error);

        var bad = scratch.Write(Manifest(Sound + "\n" + Sick, ForTheSick), "bad.yaml");
        // The moments of the kills: drawn anew each time, and told where the test fails.
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var lines = Lines("calm");
        for (var kill = 0; kill < 4; kill++)
        {
            using var parent = HarnessCommandLine.Start(Arguments(bad, "bad"));
            parent.BeginOutputReadLine();
            parent.BeginErrorReadLine();
            // Somewhere on the way that is left to it; then the parent alone, or with its children.
            var until = Lines("bad") + random.Next(1 + Math.Max(0, (lines - Lines("bad")) / 2));
            while (!parent.HasExited && Lines("bad") <= until) await Task.Delay(5, TestContext.Current.CancellationToken);
            parent.Kill(entireProcessTree: kill % 2 == 0);
            await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var last = await HarnessCommandLine.RunAsync(Arguments(bad, "bad"));
        Assert.True(last.ExitCode == 1, $"seed {seed}\n{last.Output}{last.Error}");

        var expected = Cells("calm");
        var cells = Cells("bad");
        Assert.Equal(12, cells.Count);
        foreach (var (name, sound) in expected)
        {
            Assert.Equal(sound.Key, cells[name].Key);
            Assert.Equal(File.ReadAllBytes(Measurements("calm", sound.Key)), File.ReadAllBytes(Measurements("bad", sound.Key)));
            Assert.Equal(Final(sound), Final(cells[name]));
        }

        Assert.Equal(Outcome.NativeAbort, cells["aborting"].Result!.Outcome);
        Assert.Equal(Outcome.PluginFault, cells["unbuilt"].Result!.Outcome);
        Assert.Equal(Outcome.Done, cells["mismeasured"].Result!.Outcome);
        Assert.Contains(cells["mismeasured"].Measurements, m => m.Error is not null);
        Assert.Equal(Outcome.Diverged, cells["exploding"].Result!.Outcome);
        Assert.Equal(Outcome.Stalled, cells["hanging"].Result!.Outcome);
        Assert.Equal(Outcome.OutOfMemory, cells["eating"].Result!.Outcome);
        Assert.Equal(Outcome.Failed, cells["quitting"].Result!.Outcome);

        var page = System.Net.WebUtility.HtmlDecode(await File.ReadAllTextAsync(scratch["bad", "report", "index.html"], TestContext.Current.CancellationToken));
        foreach (var (name, state) in new[]
            { ("aborting", "native abort"), ("unbuilt", "plugin fault"), ("exploding", "diverged"), ("hanging", "stalled"), ("eating", "out of memory"), ("quitting", "failed") })
        {
            Assert.Contains($""">{name} on Glyphs, seed 0</a></h3> <span class="state bad">{state}</span>""", page);
            Assert.Contains(cells[name].Result!.Message!, page);
        }
    }

    private static string Manifest(string architectures, string more) =>
        $"""
        name: night
        architectures:
        {architectures}
        datasets: {"{"} glyphs: {"{"} trainPerClass: 20, testPerClass: 5, padTo: 32 {"}"} {"}"}
        training: {"{"} epochs: 30, batchSize: 32, learningRate: 0.1 {"}"}
        measure:
          epochs: {"{"} every: 1 {"}"}
          metrics: {"{"} neural-collapse: , generalization: {"}"}
        {more}
        """;

    private string[] Arguments(string manifest, string folder) => ["run", manifest, "--out", scratch[folder], "--plugins", TinyManifest.FaultyPlugins];

    private string Measurements(string folder, string key) => scratch[folder, "cells", key, "measurements.jsonl"];

    private int Lines(string folder) => Directory.Exists(scratch[folder, "cells"])
        ? Directory.GetFiles(scratch[folder, "cells"], "measurements.jsonl", SearchOption.AllDirectories).Sum(file => File.ReadLines(file).Count())
        : 0;

    private Dictionary<string, CellRecord> Cells(string folder) => new RunFolder(scratch[folder]).Read().Cells.ToDictionary(c => c.Spec.Architecture.Label);

    /// <summary>How a cell ended, but for how often it was begun.</summary>
    private static string Final(CellRecord cell) => JsonSerializer.Serialize(cell.Result! with { Earlier = [] }, ResultsJson.Page);
}
