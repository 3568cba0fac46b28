using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed class RunTests : IDisposable
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task TrainsMeasuresAndReportsAndTheSameCommandLeavesAFinishedRunAlone()
    {
        var manifest = scratch.Write(TinyManifest.Text("{ VGG: { use: vgg, width: 0.02 }, ResNet: { use: resnet, width: 0.05 } }", datasets: "{ glyphs: { trainPerClass: 12, testPerClass: 5, padTo: 32 } }"), "tiny.yaml");
        var first = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.True(first.ExitCode == 0, first.Output + first.Error);
        Assert.Contains(scratch["run", "report", "index.html"], first.Output);

        var run = new RunFolder(scratch["run"]).Read();
        Assert.Equal(["VGG/glyphs/0", "ResNet/glyphs/0"], run.Cells.Select(c => c.Spec.Name));
        Assert.All(run.Cells, cell =>
        {
            Assert.Equal(Outcome.Done, cell.Result!.Outcome);
            Assert.Equal(4, cell.Result.Epochs);
            Assert.Equal(120, cell.Result.Facts!.TrainCount);
            Assert.Equal([1, 2, 3, 4], cell.Measurements.Select(m => m.Epoch).Distinct());
            foreach (var id in new[] { "neural-collapse/nc1", "generalization/accuracy", "robustness/deepfool.relative-radius" })
                Assert.Contains(cell.Measurements, m => m.Id == id && m.Epoch == 4 && double.IsFinite(m.Value!.Value));
            Assert.DoesNotContain(cell.Measurements, m => m.Error is not null);
        });
        Assert.Contains("ResNet", await File.ReadAllTextAsync(scratch["run", "report", "index.html"], TestContext.Current.CancellationToken));
        Assert.NotEmpty(run.Environment!.Plugins);

        var before = Stamps("cells");
        var second = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("2 of 2 cells are finished already", second.Output);
        Assert.Equal(before, Stamps("cells"));
    }

    [Fact]
    public async Task SomeClassesAtAnotherSizeTrainANetworkOfAsManyOutputs()
    {
        var manifest = scratch.Write(TinyManifest.Text(
            datasets: "{ glyphs: { classes: [bolt, eye, 2], imageSize: 14, padTo: 16, trainPerClass: 20, testPerClass: 10 }, other: { use: glyphs, classes: [eye, bolt, 2], imageSize: 14, padTo: 16, trainPerClass: 20, testPerClass: 10 } }",
            metrics: "{ neural-collapse: }"), "some.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var cells = new RunFolder(scratch["run"]).Read().Cells;
        Assert.All(cells, cell =>
        {
            var facts = cell.Result!.Facts!;
            Assert.Equal((3, 60, 30, new(1, 16, 16)), (facts.Classes, facts.TrainCount, facts.TestCount, facts.Input));
            Assert.DoesNotContain(cell.Measurements, m => m.Error is not null);
        });
        // Another order of the labels is another cell.
        Assert.Equal(2, cells.Select(c => c.Key).Distinct().Count());
        Assert.Contains("classes bolt, eye, 2, resized to 14×14, padded to 16×16", await File.ReadAllTextAsync(scratch["run", "report", "index.html"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EachFailureCostsItsOwnCellAndIsNamed()
    {
        var manifest = scratch.Write(
            TinyManifest.Text(
                """
                { sound: { use: faulty }, throwing: { use: faulty, fault: throws-in-training }, aborting: { use: faulty, fault: aborts },
                  quitting: { use: faulty, fault: exits-quietly }, exploding: { use: faulty, fault: gives-na-n }, unbuilt: { use: faulty, fault: throws-in-build } }
                """,
                metrics: "{ throwing: , generalization: }"),
            "faulty.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 1, result.Output + result.Error);

        var cells = new RunFolder(scratch["run"]).Read().Cells.ToDictionary(c => c.Spec.Architecture.Label);
        Assert.Equal(Outcome.Done, cells["sound"].Result!.Outcome);
        Assert.Equal(Outcome.PluginFault, cells["throwing"].Result!.Outcome);
        Assert.Contains("this network throws in training", cells["throwing"].Result!.Message);
        Assert.Equal(Outcome.NativeAbort, cells["aborting"].Result!.Outcome);
        Assert.Contains("SIGABRT", cells["aborting"].Result!.Message);
        Assert.Equal(Outcome.Failed, cells["quitting"].Result!.Outcome);
        Assert.Equal(0, cells["quitting"].Result!.ExitCode);
        Assert.Equal(Outcome.Diverged, cells["exploding"].Result!.Outcome);
        Assert.Contains("this network never gets built", cells["unbuilt"].Result!.Message);

        // A metric that throws at even epochs has lost those and nothing else.
        var sound = cells["sound"].Measurements;
        Assert.Equal([2, 4], sound.Where(m => m.Error is not null).Select(m => m.Epoch));
        Assert.Equal([1, 3], sound.Where(m => m.Id == "throwing/epoch").Select(m => m.Epoch));
        Assert.Equal([1, 2, 3, 4], sound.Where(m => m.Id == "generalization/accuracy" && m.Split == Harness.Split.Test).Select(m => m.Epoch));

        var page = await File.ReadAllTextAsync(scratch["run", "report", "index.html"], TestContext.Current.CancellationToken);
        Assert.Contains("this network throws in training", page);
    }

    [Fact]
    public async Task KilledAtAnyMomentAndContinuedGivesTheSameMeasurementsByteForByte()
    {
        var manifest = scratch.Write(TinyManifest.Text(epochs: 120, datasets: "{ glyphs: { trainPerClass: 40, testPerClass: 10 } }", metrics: "{ neural-collapse: , robustness: { images: 5 } }"), "killed.yaml");
        string[] Arguments(string folder) => ["run", manifest, "--out", scratch[folder], "--plugins", TinyManifest.FaultyPlugins];
        Assert.Equal(0, (await HarnessCommandLine.RunAsync(Arguments("undisturbed"))).ExitCode);

        // Killed hard when so many lines of measurements are there: the parent, and with it its child's leash.
        foreach (var lines in new[] { 1, 200, 500 })
        {
            using var parent = HarnessCommandLine.Start(Arguments("killed"));
            await Until(() => parent.HasExited || Lines("killed") >= lines);
            Assert.False(parent.HasExited, "it must not end before it is killed");
            parent.Kill(entireProcessTree: lines != 200);
            await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var last = await HarnessCommandLine.RunAsync(Arguments("killed"));
        Assert.True(last.ExitCode == 0, last.Output + last.Error);
        Assert.Equal(Measurements("undisturbed"), Measurements("killed"));
        Assert.Equal(Training("undisturbed"), Training("killed"));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("zeroed")]
    [InlineData("result torn")]
    public async Task ADamagedCellIsReportedAsAHoleAndBegunAnewByTheNextRun(string damage)
    {
        var manifest = scratch.Write(TinyManifest.Text(metrics: "{ generalization: }"), "tiny.yaml");
        string[] arguments = ["run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins];
        Assert.Equal(0, (await HarnessCommandLine.RunAsync(arguments)).ExitCode);
        var whole = Measurements("run");
        var file = Path.Combine(CellFolder("run"), damage == "result torn" ? "result.json" : "measurements.jsonl");
        File.WriteAllBytes(file, damage switch { "lost" => [], "zeroed" => new byte[200], _ => File.ReadAllBytes(file)[..20] });

        Assert.Equal(0, (await HarnessCommandLine.RunAsync("report", scratch["run"])).ExitCode);
        var again = await HarnessCommandLine.RunAsync(arguments);
        Assert.True(again.ExitCode == 0, again.Output + again.Error);
        Assert.Contains("begins anew", again.Output);
        Assert.Equal(whole, Measurements("run"));
    }

    [Theory]
    [InlineData(HangUp)]
    [InlineData(Interrupt)]
    [InlineData(Terminate)]
    public async Task InterruptedItStopsKeepsACheckpointAndContinues(int signal)
    {
        var manifest = scratch.Write(TinyManifest.Text(epochs: 100_000, metrics: "{ generalization: }"), "long.yaml");
        string[] arguments = ["run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins];
        using var run = HarnessCommandLine.Start(arguments);
        await Until(() => run.HasExited || Lines("run") >= 10);
        Assert.Equal(0, SendSignal(run.Id, signal));
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, run.ExitCode);
        Assert.Null(new RunFolder(scratch["run"]).Read().Cells[0].Result);
        Assert.True(File.Exists(scratch["run", "report", "index.html"]));
        var last = new RunFolder(scratch["run"]).Read().Cells[0].Timings[^1].Epoch;
        Assert.Equal([$"epoch-{last:D6}.safetensors"], Directory.GetFiles(Path.Combine(CellFolder("run"), "checkpoint")).Select(Path.GetFileName).TakeLast(1));

        using var again = HarnessCommandLine.Start(arguments);
        string? line;
        do line = await again.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.Contains("goes on after epoch"));
        Assert.EndsWith($"goes on after epoch {last}", line);
        again.Kill(entireProcessTree: true);
        await again.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(Interrupt, Interrupt)]
    [InlineData(Terminate, HangUp)]
    public async Task ASecondSignalEndsItAtOnceAndNoChildOutlivesItForLong(int signal, int second)
    {
        // An epoch of this takes far longer than the test, so the first Ctrl-C is still waiting for its child when the second comes.
        var manifest = scratch.Write(TinyManifest.Text("{ slow: { use: vgg, width: 0.5 } }", datasets: "{ glyphs: { trainPerClass: 1000, padTo: 32 } }", metrics: "{ generalization: }"), "slow.yaml");
        using var run = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"]);
        await Until(() => run.HasExited || File.Exists(Path.Combine(CellFolder("run"), "log.clef")) && File.ReadAllText(Path.Combine(CellFolder("run"), "log.clef")).Contains("starts after epoch"));
        Assert.Equal(0, SendSignal(run.Id, signal));
        string? line;
        do line = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (line is not null && !line.Contains("Stopping"));
        Assert.NotNull(line);
        Assert.Equal(0, SendSignal(run.Id, second));
        await run.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, run.ExitCode);
        // The child's lock is free once it is gone: its leash went with its parent.
        await Until(() =>
        {
            using var taken = Harness.Results.FolderLock.TryTake(CellFolder("run"));
            return taken is not null;
        });
    }

    [Fact]
    public async Task ASecondRunOnTheFolderIsRefused()
    {
        var manifest = scratch.Write(TinyManifest.Text(epochs: 100_000, metrics: "{ generalization: }"), "long.yaml");
        string[] arguments = ["run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins];
        using var first = HarnessCommandLine.Start(arguments);
        await Until(() => first.HasExited || Lines("run") >= 2);
        var second = await HarnessCommandLine.RunAsync(arguments);
        Assert.Equal(2, second.ExitCode);
        Assert.Contains("in use by another run", second.Error);
        first.Kill(entireProcessTree: true);
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task TheParentNeverLoadsLibtorch()
    {
        var manifest = scratch.Write(TinyManifest.Text(epochs: 100_000, metrics: "{ generalization: }"), "long.yaml");
        using var parent = HarnessCommandLine.Start("run", manifest, "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        await Until(() => parent.HasExited || Lines("run") >= 2);
        var maps = await File.ReadAllTextAsync($"/proc/{parent.Id}/maps", TestContext.Current.CancellationToken);
        Assert.Contains("coreclr", maps);
        Assert.DoesNotContain("libtorch", maps);
        Assert.DoesNotContain("LibTorchSharp", maps);
        parent.Kill(entireProcessTree: true);
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    private string[] Stamps(string folder) =>
        [.. Directory.GetFiles(scratch["run", folder], "*", SearchOption.AllDirectories).Order().Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")];

    private string CellFolder(string run) =>
        Directory.Exists(scratch[run, "cells"]) && Directory.GetDirectories(scratch[run, "cells"]) is [var only] ? only : scratch["none"];

    private int Lines(string run)
    {
        var file = Path.Combine(CellFolder(run), "measurements.jsonl");
        return File.Exists(file) ? File.ReadLines(file).Count() : 0;
    }

    private byte[] Training(string run) => File.ReadAllBytes(Path.Combine(CellFolder(run), "training.jsonl"));

    private byte[] Measurements(string run) => File.ReadAllBytes(Path.Combine(CellFolder(run), "measurements.jsonl"));

    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
