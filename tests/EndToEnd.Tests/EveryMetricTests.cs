using System.Text.RegularExpressions;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed partial class EveryMetricTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task ARunWithEverythingOnEndsInAReportThatShowsIt()
    {
        var page = await HarnessCommandLine.RunAsync("list", "metrics", "--markdown");
        string[] metrics = [.. Section().Matches(page.Output).Select(m => m.Groups[1].Value)];
        Assert.Contains("layers", metrics);

        var manifest = scratch.Write(
            TinyManifest.Text(
                "{ VGG: { use: vgg, width: 0.02 } }", epochs: 2, metrics: $"{{ {string.Join(", ", metrics.Select(m => m + ": "))} }}",
                datasets: "{ glyphs: { trainPerClass: 12, testPerClass: 5, padTo: 32 } }")
            + "\n  outOfDistribution: { use: glyphs, nibContrast: 0.7, seed: 1, testPerClass: 3 }", "tiny.yaml");
        var ran = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);

        var record = new RunFolder(scratch["run"]).Read();
        var measured = Assert.Single(record.Cells).Measurements;
        Assert.DoesNotContain(measured, m => m.Error is not null);
        var report = await File.ReadAllTextAsync(new RunFolder(scratch["run"]).ReportPath, TestContext.Current.CancellationToken);
        foreach (var quantity in record.Plan.Quantities)
        {
            Assert.Contains(measured, m => m.Id == $"{quantity.Metric}/{quantity.Quantity.Name}" && m.Epoch == 2);
            Assert.Contains($"<code>{quantity.Metric}/{quantity.Quantity.Name}</code>", report);
        }
        Assert.Equal(metrics.Order(), record.Plan.Quantities.Select(q => q.Metric).Distinct().Order());
    }

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
