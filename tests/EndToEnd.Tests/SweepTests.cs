using System.Text.Json.Nodes;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed class SweepTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task ASweepEndsInAReportThatNamesTheRateOfLowestTestErrorAndTheOneThatDiverged()
    {
        var manifest = scratch.Write(Manifest("sweep: { learningRate: [0.1, 1000, 0.001] }"), "swept.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);

        var cells = new RunFolder(scratch["run"]).Read().Cells;
        Assert.Equal(["plain/glyphs/0/lr=0.1", "plain/glyphs/0/lr=1000", "plain/glyphs/0/lr=0.001"], cells.Select(c => c.Spec.Name));
        Assert.Equal([Outcome.Done, Outcome.Diverged, Outcome.Done], cells.Select(c => c.Result!.Outcome));
        var accuracies = cells.Select(c => c.Measurements.LastOrDefault(m => m is { Epoch: 4, Id: "generalization/accuracy", Split: Harness.Split.Test })?.Value).ToArray();
        Assert.True(accuracies[0] > accuracies[2], "this network learns more in four epochs with the higher rate");
        var page = await File.ReadAllTextAsync(scratch["run", "report", "index.html"], TestContext.Current.CancellationToken);
        Assert.Contains("0.1 is chosen, with ", page);
        Assert.Contains("Not to be chosen: 1000 (diverged).", page);

        // A cell that has the rate alone is the same cell, whoever trained it first.
        var alone = scratch.Write(Manifest("learningRate: 0.1, learningRateSource: tuned"), "alone.yaml");
        var again = await HarnessCommandLine.RunAsync("run", alone, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("1 of 1 cells are finished already", again.Output);
        Assert.DoesNotContain("id=\"sweeps\"", await File.ReadAllTextAsync(scratch["run", "report", "index.html"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task PlanAndValidateCountARateAsACell()
    {
        var manifest = scratch.Write(Manifest("sweep: { learningRate: { from: 1e-4, to: 0.25, count: 25 } }"), "swept.yaml");
        string[] plugins = ["--plugins", TinyManifest.FaultyPlugins];
        var plan = await HarnessCommandLine.RunAsync(["plan", manifest, .. plugins]);
        Assert.True(plan.ExitCode == 0, plan.Output + plan.Error);
        Assert.Contains("25 of 25 cells are learning rates of 1 sweep, each trained and measured to its end", plan.Output);
        Assert.Contains("0.0001385 swept", plan.Output);
        var json = await HarnessCommandLine.RunAsync(["plan", manifest, "--json", .. plugins]);
        Assert.All(JsonNode.Parse(json.Output)!["cells"]!.AsArray(), cell => Assert.Equal("plain/glyphs", (string)cell!["sweep"]!));
        var validated = await HarnessCommandLine.RunAsync(["validate", manifest, .. plugins]);
        Assert.True(validated.ExitCode == 0, validated.Output + validated.Error);
        Assert.Contains("plain/glyphs/0/lr=0.25", validated.Output);
        Assert.Contains("25 cells", validated.Output);
    }

    private static string Manifest(string rate) => TinyManifest.Text(metrics: "{ generalization: }").Replace("learningRate: 0.1", rate, StringComparison.Ordinal);
}
