using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>What a user sees of a run: the table, status, why a cell is run again, what is taken over from another run.</summary>
public sealed partial class WatchingTests : IDisposable
{
    private const string Script = "/usr/bin/script";
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task EditingOneCellRunsThatCellAloneAndStatusSaysWhatChanged()
    {
        const string Both = "{ one: { use: faulty }, two: { use: faulty } }";
        string Manifest(double rate) => scratch.Write(
            TinyManifest.Text(Both, metrics: "{ generalization: }") + $"\noverrides:\n  - {{ for: {{ architecture: two }}, training: {{ learningRate: {rate} }} }}\n", "edited.yaml");
        var manifest = Manifest(0.2);
        string[] arguments = ["run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins, "--notify", $"echo \"$HARNESS_EVENT $HARNESS_DONE\" >> '{scratch["told"]}'"];
        Assert.Equal(0, (await HarnessCommandLine.RunAsync(arguments)).ExitCode);
        var before = new RunFolder(scratch["run"]).Read().Cells;
        Manifest(0.05);
        var stamps = Stamps(before[0].Key);
        var second = await HarnessCommandLine.RunAsync(arguments);
        Assert.True(second.ExitCode == 0, second.Output + second.Error);
        Assert.Contains("1 of 2 cells are finished already", second.Output);
        Assert.Contains("two/glyphs/0: trained again, since training.learningRate is 0.05, and was 0.2", second.Output);

        var after = new RunFolder(scratch["run"]).Read().Cells;
        Assert.Equal(before[0].Key, after[0].Key);
        Assert.Equal(stamps, Stamps(before[0].Key));
        Assert.NotEqual(before[1].Key, after[1].Key);
        Assert.All(after, cell => Assert.Equal(Outcome.Done, cell.Result!.Outcome));
        Assert.True(File.Exists(scratch["run", "cells", before[1].Key, "result.json"]), "what was trained before is kept");
        Assert.Equal(["end 2", "end 2"], File.ReadAllLines(scratch["told"]));

        var why = await HarnessCommandLine.RunAsync("status", scratch["run"], "--why", "two/glyphs/0");
        Assert.Equal(0, why.ExitCode);
        Assert.Contains("is done, and is not run again", why.Output);
        Assert.Contains($"cells/{before[1].Key}, is another, and is kept:", why.Output);
        Assert.Contains("  training.learningRate is 0.05, and was 0.2", why.Output);
        Assert.Contains("No other cell of this name", (await HarnessCommandLine.RunAsync("status", scratch["run"], "--why", before[0].Key)).Output);
        var unknown = await HarnessCommandLine.RunAsync("status", scratch["run"], "--why", "tow/glyphs/0");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("did you mean 'two/glyphs/0'?", unknown.Error);
    }

    [Fact]
    public async Task WhatIsDoneElsewhereIsTakenOverAndNotTrained()
    {
        var manifest = scratch.Write(TinyManifest.Text(metrics: "{ generalization: }"), "tiny.yaml");
        string[] Arguments(string folder) => ["run", manifest, "--out", scratch[folder], "--plugins", TinyManifest.FaultyPlugins];
        Assert.Equal(0, (await HarnessCommandLine.RunAsync(Arguments("earlier"))).ExitCode);
        var result = await HarnessCommandLine.RunAsync([.. Arguments("own"), "--reuse", scratch["earlier"]]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("plain/glyphs/0: taken over from " + scratch["earlier"], result.Output);
        Assert.DoesNotContain("plain/glyphs/0: starts", result.Output);
        var (earlier, own) = (new RunFolder(scratch["earlier"]).Read().Cells[0], new RunFolder(scratch["own"]).Read().Cells[0]);
        Assert.Equal(MeasurementLines.Of(earlier), MeasurementLines.Of(own));
        Assert.Equal(scratch["earlier", "cells", earlier.Key], own.Result!.ReusedFrom);
        Assert.Contains("reused", (await HarnessCommandLine.RunAsync("status", scratch["own"])).Output);

        var refused = await HarnessCommandLine.RunAsync([.. Arguments("own"), "--reuse", scratch["nowhere"]]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("is no run folder", refused.Error);
    }

    [Fact]
    public async Task StatusSeesARunWhileItRunsAndAfterItWasKilled()
    {
        var manifest = scratch.Write(TinyManifest.Text(epochs: 100_000, metrics: "{ neural-collapse: }"), "long.yaml");
        using var run = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        JsonNode cell;
        JsonNode status;
        do
        {
            var asked = await HarnessCommandLine.RunAsync("status", scratch["run"], "--json");
            status = asked.ExitCode == 0 ? JsonNode.Parse(asked.Output)! : new JsonObject { ["cells"] = new JsonArray(new JsonObject()) };
            cell = status["cells"]![0]!;
            Assert.False(run.HasExited);
        }
        while (cell["headline"] is null || cell["secondsLeft"] is null);
        Assert.True(status["running"]!.GetValue<bool>());
        Assert.Equal("neural-collapse/nc1", status["headline"]!["id"]!.GetValue<string>());
        Assert.Equal("running", cell["state"]!.GetValue<string>());
        Assert.InRange(cell["epoch"]!.GetValue<int>(), 1, 100_000);
        Assert.True(cell["loss"]!.GetValue<double>() > 0);

        run.Kill(entireProcessTree: true);
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        var after = JsonNode.Parse((await HarnessCommandLine.RunAsync("status", scratch["run"], "--json")).Output)!;
        Assert.False(after["running"]!.GetValue<bool>());
        Assert.Equal("waiting", after["cells"]![0]!["state"]!.GetValue<string>());
        Assert.True(after["cells"]![0]!["epoch"]!.GetValue<int>() >= cell["epoch"]!.GetValue<int>());
        Assert.Contains("waiting", (await HarnessCommandLine.RunAsync("status", scratch["run"])).Output);
    }

    [Fact]
    public async Task OnATerminalThereIsATableAndTheCursorComesBack()
    {
        Assert.SkipWhen(!File.Exists(Script), "No 'script', which lends a program a terminal: the table was not looked at on one.");
        var manifest = scratch.Write(TinyManifest.Text("{ sound: { use: faulty }, broken: { use: faulty, fault: throws-in-training } }", metrics: "{ neural-collapse: }"), "tiny.yaml");
        var shown = await OnTerminalAsync($"run {manifest} --out {scratch["run"]} --plugins {TinyManifest.FaultyPlugins}", "xterm-256color");
        Assert.Contains(HideCursor, shown);
        Assert.True(shown.LastIndexOf(ShowCursor, StringComparison.Ordinal) > shown.LastIndexOf(HideCursor, StringComparison.Ordinal), "the cursor is hidden, and shown again");
        var text = Regex.Replace(Escapes().Replace(shown, ""), @"\s+", " ");
        Assert.Contains("tiny: 1 done, 1 failed", text);
        Assert.Contains("this network throws in training", text);
        Assert.Contains("1 of 2 cells done. Report: ", text);
        Assert.DoesNotContain("sound/glyphs/0: starts", text);
        Assert.Contains("sound/glyphs/0: starts", await File.ReadAllTextAsync(scratch["run", "run.log"], TestContext.Current.CancellationToken));

        foreach (var (folder, options, terminal) in new[] { ("dumb", "", "dumb"), ("plain", "--plain", "xterm-256color") })
        {
            var lines = await OnTerminalAsync($"run {manifest} {options} --out {scratch[folder]} --plugins {TinyManifest.FaultyPlugins}", terminal);
            Assert.DoesNotContain(HideCursor, lines);
            Assert.Contains("sound/glyphs/0: starts", Escapes().Replace(lines, ""));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task CtrlCLeavesTheTerminalWhole(int times)
    {
        Assert.SkipWhen(!File.Exists(Script), "No 'script', which lends a program a terminal: the table was not looked at on one.");
        var manifest = scratch.Write(TinyManifest.Text(epochs: 100_000, metrics: "{ generalization: }"), "long.yaml");
        using var process = StartOnTerminal($"run {manifest} --out {scratch["run"]} --plugins {TinyManifest.FaultyPlugins}", "xterm-256color");
        var shown = new System.Text.StringBuilder();
        await ReadUntil("images/s");
        for (var i = 0; i < times; i++)
        {
            await process.StandardInput.WriteAsync('\u0003');
            await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
            if (i == 0) await ReadUntil("Stopping: ");
        }
        shown.Append(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        Assert.True(shown.ToString().LastIndexOf(ShowCursor, StringComparison.Ordinal) > shown.ToString().LastIndexOf(HideCursor, StringComparison.Ordinal), "the cursor is shown again");

        async Task ReadUntil(string text)
        {
            var some = new char[4096];
            while (!shown.ToString().Contains(text))
            {
                var read = await process.StandardOutput.ReadAsync(some, TestContext.Current.CancellationToken);
                Assert.True(read > 0, shown.ToString());
                shown.Append(some, 0, read);
            }
        }
    }

    private static async Task<string> OnTerminalAsync(string arguments, string terminal)
    {
        using var process = StartOnTerminal(arguments, terminal);
        var shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        return shown;
    }

    private static Process StartOnTerminal(string arguments, string terminal)
    {
        var info = new ProcessStartInfo(Script, ["-qec", $"stty cols 100 rows 30; exec env --default-signal {HarnessCommandLine.Executable} {arguments}", "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        info.Environment["TERM"] = terminal;
        foreach (var name in new[] { "CI", "NO_COLOR", "GITHUB_ACTIONS", "TF_BUILD" }) info.Environment.Remove(name);
        return Process.Start(info)!;
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();

    private string[] Stamps(string key) =>
        [.. Directory.GetFiles(scratch["run", "cells", key], "*", SearchOption.AllDirectories).Order().Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")];
}
