using System.Net;
using System.Text.RegularExpressions;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

/// <summary>run --only, and the figures of what it leaves.</summary>
public sealed class OneCellTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task OneCellAloneIsRunToTheSameMeasurementsAndTheOthersStay()
    {
        var manifest = scratch.Write(TinyManifest.Text("{ one: { use: faulty }, two: { use: faulty, scratch: elsewhere } }"), "two.yaml");
        string[] Arguments(string folder, params string[] only) => ["run", manifest, "--out", scratch[folder], "--plugins", TinyManifest.FaultyPlugins, .. only];
        var alone = await HarnessCommandLine.RunAsync(Arguments("alone", "--only", "two/glyphs/0"));
        Assert.True(alone.ExitCode == 0, alone.Output + alone.Error);
        var cells = new RunFolder(scratch["alone"]).Read().Cells;
        Assert.Equal([null, Outcome.Done], cells.Select(c => c.Result?.Outcome));

        Assert.Equal(0, (await HarnessCommandLine.RunAsync(Arguments("alone"))).ExitCode);
        Assert.Equal(0, (await HarnessCommandLine.RunAsync(Arguments("together"))).ExitCode);
        foreach (var cell in cells)
            Assert.Equal(Bytes("together", cell.Key), Bytes("alone", cell.Key));

        // The command that the page gives for it, with another folder, does the same.
        var page = await File.ReadAllTextAsync(new RunFolder(scratch["together"]).ReportPath, TestContext.Current.CancellationToken);
        var command = ShellWords.Split(WebUtility.HtmlDecode(Regex.Match(page, "<code>(harness run [^<]*--only two/glyphs/0 [^<]*)</code>").Groups[1].Value));
        var rerun = await HarnessCommandLine.RunAsync([.. command.Skip(1).SkipLast(1), scratch["rerun"]]);
        Assert.True(rerun.ExitCode == 0, rerun.Output + rerun.Error);
        Assert.Equal(Bytes("together", cells[1].Key), Bytes("rerun", cells[1].Key));

        var wrong = await HarnessCommandLine.RunAsync(Arguments("wrong", "--only", "too/glyphs/0"));
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("--only 'too/glyphs/0' is no cell of the manifest; did you mean 'two/glyphs/0'?\n", wrong.Error);
        Assert.False(Directory.Exists(scratch["wrong"]));

        var figures = await HarnessCommandLine.RunAsync("report", scratch["alone"], "--figures");
        Assert.True(figures.ExitCode == 0, figures.Output + figures.Error);
        Assert.Contains(scratch["alone", "report", "figures", "figure-06-nc1-within-class-variability-collapses.png"], figures.Output.Split('\n'));
    }

    private byte[] Bytes(string run, string key) => File.ReadAllBytes(new RunFolder(scratch[run]).Cell(key).MeasurementsPath);
}
