using System.Diagnostics;
using System.Text.Json.Nodes;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>What goes wrong in a night, for real: each failure ends its own cell, by its name.</summary>
public sealed class NightTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("hangs", Outcome.Stalled, "s: it was training epoch 2, step 6 of 7; it was killed")]
    [InlineData("stops", Outcome.Stalled, "Nothing was heard of the process for ")]
    public async Task AHungCellIsKilledAndTheRunGoesOn(string fault, Outcome outcome, string words)
    {
        // The limit is for the faulty cell alone: on a machine that is busy enough a sound one may be silent for so long.
        var cells = await Run(
            $"{{ faulty: {{ use: faulty, fault: {fault} }}, sound: {{ use: faulty }} }}",
            "overrides: [{ for: { architecture: faulty }, limits: { stall: 10s } }]", exitCode: 1);
        var result = cells["faulty"].Result!;
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(words, result.Message);
        Assert.Equal(1, result.Epochs);
        Assert.Equal(Outcome.Done, cells["sound"].Result!.Outcome);
    }

    [Fact]
    public async Task ACellThatEatsMemoryIsKilledAtItsLimitTriedAloneAndNamedWithTheFigures()
    {
        var cells = await Run(
            "{ eating: { use: faulty, fault: eats-memory }, sound: { use: faulty } }", "overrides: [{ for: { architecture: eating }, limits: { memory: 1GiB } }]", exitCode: 1, epochs: 40);
        var result = cells["eating"].Result!;
        Assert.Equal(Outcome.OutOfMemory, result.Outcome);
        Assert.Contains("'limits: memory' gives it 1 GiB", result.Message);
        Assert.Equal(137, result.ExitCode);
        Assert.Equal([Outcome.OutOfMemory], result.Earlier.Select(a => a.Outcome));
        Assert.Equal(Outcome.Done, cells["sound"].Result!.Outcome);
    }

    [Fact]
    public async Task ACellThatRanOutOfMemoryOnceIsDoneAtItsSecondTryWithTheSameNumbers()
    {
        var cells = await Run($"{{ unlucky: {{ use: faulty, fault: out-of-memory-once, scratch: '{scratch.Path}' }}, sound: {{ use: faulty }} }}", "", exitCode: 0);
        var result = cells["unlucky"].Result!;
        Assert.Equal((Outcome.Done, 2), (result.Outcome, result.Attempts));
        var before = Assert.Single(result.Earlier);
        Assert.Equal((Outcome.OutOfMemory, 1), (before.Outcome, before.Epochs));
        Assert.Equal("bitwise", result.Facts!.Resume);
        Assert.Equal(MeasurementLines.Of(cells["sound"]), MeasurementLines.Of(cells["unlucky"]));
    }

    [Fact]
    public async Task ACellWhoseTimeIsUpStopsAtACheckpointAndTheNextRunContinuesIt()
    {
        const string Timed = "limits: { cell: 4s }";
        var result = (await Run("{ slow: { use: faulty } }", Timed, exitCode: 3, epochs: 100_000))["slow"].Result!;
        Assert.Equal(Outcome.Timeout, result.Outcome);
        Assert.Contains("Its time, 4s by 'limits: cell', was up", result.Message);
        Assert.Equal([$"epoch-{result.Epochs:D6}.safetensors"], Directory.GetFiles(Path.Combine(CellFolder(), "checkpoint")).Select(Path.GetFileName).Order().TakeLast(1));

        var again = (await Run("{ slow: { use: faulty } }", Timed, exitCode: 3, epochs: 100_000))["slow"].Result!;
        Assert.True(again.Epochs > result.Epochs);
        Assert.Equal([(Outcome.Timeout, result.Epochs)], again.Earlier.Select(a => (a.Outcome, a.Epochs)));
    }

    [Fact]
    public async Task WhatACellPrintsCostsTheParentNothingAndOnlyItsEndIsKept()
    {
        var result = (await Run("{ babbling: { use: faulty, fault: babbles } }", "", exitCode: 3))["babbling"].Result!;
        Assert.Equal(Outcome.PluginFault, result.Outcome);
        Assert.Contains("enough said", result.Message);
        Assert.Equal(1, result.Epochs);
    }

    [Fact]
    public async Task AChildKilledFromOutsideIsNotTakenForWantOfMemoryAndIsContinued()
    {
        var manifest = Manifest("{ plain: { use: faulty } }", "", epochs: 100_000);
        string[] arguments = ["run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins];
        using var run = HarnessCommandLine.Start(arguments);
        int? child = null;
        while (child is null)
        {
            Assert.False(run.HasExited);
            if (File.Exists(Path.Combine(CellFolder(), "timings.jsonl"))) child = ChildOf(run.Id);
            else await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        // What a kill in the middle of a write leaves behind.
        var leftover = Path.Combine(CellFolder(), "checkpoint", ".epoch-000001.safetensors.4711-1.tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(leftover)!);
        File.WriteAllText(leftover, "half");
        Process.GetProcessById(child.Value).Kill();
        var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("plain/glyphs/0: stopped after epoch", output);
        Assert.Null(new RunFolder(scratch["run"]).Read().Cells[0].Result);

        using var again = HarnessCommandLine.Start(arguments);
        while (File.Exists(leftover))
        {
            Assert.False(again.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        again.Kill(entireProcessTree: true);
        await again.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WhenItsTimeIsUpEveryCellStopsAtACheckpointAndTheReportIsMade()
    {
        var manifest = Manifest("{ one: { use: faulty }, two: { use: faulty }, three: { use: faulty } }", "", epochs: 100_000);
        var result = await HarnessCommandLine.RunAsync(
            "run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins, "--budget", "15s", "--devices", "cpu", "--jobs-per-device", "2");
        Assert.True(result.ExitCode == 4, result.Output + result.Error);
        Assert.Contains("3 cells on cpu, 2 at once, in", result.Output);
        Assert.Contains("The time is up", result.Output);
        Assert.True(File.Exists(scratch["run", "report", "index.html"]));
        var cells = new RunFolder(scratch["run"]).Read().Cells;
        Assert.All(cells, cell => Assert.Null(cell.Result));
        Assert.All(cells.Where(cell => cell.Timings.Count > 0), cell => Assert.True(
            File.Exists(scratch["run", "cells", cell.Key, "checkpoint", $"epoch-{cell.Timings[^1].Epoch:D6}.safetensors"])));
        Assert.Equal("cpu", Assert.Single(new RunFolder(scratch["run"]).ReadPlan().Cells.Select(c => c.DeviceKind).Distinct()));
    }

    [Fact]
    public async Task ATimeThatIsLongEnoughIsAnEndLikeAnyOther()
    {
        var manifest = Manifest("{ one: { use: faulty }, two: { use: faulty } }", "", epochs: 4);
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins, "--until", "2999-01-01T00:00", "--budget", "8h");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task StepsAreTimedOnceForAllCellsAlikeAndNotAgainByALaterRun()
    {
        async Task Run(string seeds)
        {
            var manifest = scratch.Write(
                TinyManifest.Text("{ small: { use: vgg, width: 0.125 } }", 1, "{ generalization: }", "{ glyphs: { padTo: 32, trainPerClass: 4, testPerClass: 2 } }") + $"\nseeds: [{seeds}]\n", "night.yaml");
            var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--devices", "cpu", "--budget", "8h");
            Assert.True(result.ExitCode == 0, result.Output + result.Error);
        }

        var kept = new RunFolder(scratch["run"]).ProbePath;
        await Run("0, 1");
        var times = File.ReadAllText(kept);
        Assert.True((double)Assert.Single(JsonNode.Parse(times)!.AsArray())!["secondsOfAnImage"]! > 0);
        await Run("0, 1, 2, 3");
        Assert.Equal(times, File.ReadAllText(kept));
    }

    [Fact]
    public async Task ATerminalsSignalsAreTheParentsBusiness()
    {
        var manifest = Manifest("{ plain: { use: faulty } }", "", epochs: 100_000);
        using var run = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        await UntilTimings(run, 1);
        foreach (var signal in new[] { 1, 2, 3 }) Assert.Equal(0, SendSignal(ChildOf(run.Id)!.Value, signal));
        await UntilTimings(run, new CellFolder(CellFolder()).ReadTimings().Count + 50);
        run.Kill(entireProcessTree: true);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task UnderNohupARunOutlivesItsTerminal()
    {
        var manifest = Manifest("{ plain: { use: faulty } }", "", epochs: 100_000);
        using var run = Process.Start(new ProcessStartInfo("nohup", [HarnessCommandLine.Executable, "run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await UntilTimings(run, 1);
        Assert.Equal(0, SendSignal(run.Id, 1));
        await UntilTimings(run, new CellFolder(CellFolder()).ReadTimings().Count + 50);
        run.Kill(entireProcessTree: true);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TheKernelTakesAChildBeforeItsParent()
    {
        var manifest = Manifest("{ plain: { use: faulty } }", "", epochs: 100_000);
        using var run = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        while (!File.Exists(Path.Combine(CellFolder(), "timings.jsonl"))) await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(500, Score(ChildOf(run.Id)!.Value) - Score(run.Id));
        run.Kill(entireProcessTree: true);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);

        static int Score(int process) => int.Parse(File.ReadAllText($"/proc/{process}/oom_score_adj"));
    }

    private async Task<Dictionary<string, CellRecord>> Run(string architectures, string more, int exitCode, int epochs = 4)
    {
        var result = await HarnessCommandLine.RunAsync("run", Manifest(architectures, more, epochs), "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == exitCode, result.Output + result.Error);
        return new RunFolder(scratch["run"]).Read().Cells.ToDictionary(c => c.Spec.Architecture.Label);
    }

    private async Task UntilTimings(Process run, int count)
    {
        while (!Directory.Exists(CellFolder()) || new CellFolder(CellFolder()).ReadTimings().Count < count)
        {
            Assert.False(run.HasExited);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private string Manifest(string architectures, string more, int epochs) =>
        scratch.Write(TinyManifest.Text(architectures, epochs, metrics: "{ generalization: }") + "\n" + more, "night.yaml");

    private string CellFolder() =>
        Directory.Exists(scratch["run", "cells"]) && Directory.GetDirectories(scratch["run", "cells"]) is [var only] ? only : scratch["none"];

    private static int? ChildOf(int parent) =>
        Directory.GetDirectories($"/proc/{parent}/task").SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(child => (int?)int.Parse(child)).FirstOrDefault();

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
