using System.Text.Json.Nodes;
using Testing;

namespace EndToEnd.Tests;

public sealed class CompareTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public CompareTests()
    {
        var record = new SyntheticRun { Epochs = 6, TerminalPhaseEpoch = 3, Seeds = 2 }.Record();
        SyntheticRun.Save(record, new(scratch["before"]));
        SyntheticRun.Save(
            record with
            {
                Plan = record.Plan with { Cells = [.. record.Plan.Cells.Select(c => c with { Key = "d" + c.Key })] },
                Cells = [.. record.Cells.Select(c => c with { Key = "d" + c.Key, Measurements = [.. c.Measurements.Select(m => m with { Value = m.Value / 2 })] })],
            },
            new(scratch["after"]));
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task RunsStandBesideTheFirst()
    {
        var table = await HarnessCommandLine.RunAsync("compare", scratch["before"], scratch["after"], "--html", scratch["page.html"]);
        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Contains("×0.500", table.Output);
        Assert.Contains("neural-collapse/nc1 (train)", table.Output);
        Assert.Contains("neural-collapse/nc1 (train)", await File.ReadAllTextAsync(scratch["page.html"], TestContext.Current.CancellationToken));

        var markdown = await HarnessCommandLine.RunAsync("compare", scratch["before"], scratch["after"], "--markdown", "--quantities", "generalization/cross-entropy");
        Assert.Equal((0, ""), (markdown.ExitCode, markdown.Error));
        Assert.StartsWith("## Against before\n", markdown.Output);
        Assert.Equal(12, markdown.Output.Split('\n').Count(line => line.Contains("generalization/cross-entropy")));

        var json = await HarnessCommandLine.RunAsync("compare", scratch["before"], scratch["after"], "--json");
        var page = JsonNode.Parse(json.Output)!;
        var nc1 = page["differences"]!.AsArray().First(d => (string)d!["quantity"]! == "neural-collapse/nc1")!["difference"]!;
        Assert.Equal((2, true, 0.5), ((int)nc1["pairs"]!, (bool)nc1["isRatio"]!, Math.Round((double)nc1["mean"]!, 12)));
    }

    [Theory]
    [InlineData("two runs or more", "before")]
    [InlineData("holds no plan.json", "before", "nowhere")]
    [InlineData("did you mean 'neural-collapse/nc1'", "before", "after", "--quantities", "neural-collapse/nc")]
    [InlineData("exclude each other", "before", "after", "--json", "--markdown")]
    public async Task WhatCannotBeComparedIsSaidInASentence(string said, params string[] arguments)
    {
        var result = await HarnessCommandLine.RunAsync(["compare", .. arguments.Select(a => a is "before" or "after" or "nowhere" ? scratch[a] : a)]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(said, result.Error + result.Output);
        Assert.DoesNotContain("   at ", result.Error);
    }
}
