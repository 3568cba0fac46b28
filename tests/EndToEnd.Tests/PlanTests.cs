using System.Text.Json.Nodes;
using Testing;

namespace EndToEnd.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task PrintsWhatEachCellCostsAsAJsonObject()
    {
        var manifest = scratch.Write(TinyManifest.Text("{ VGG: { use: vgg, width: 0.02 }, net: { use: faulty } }", datasets: "{ glyphs: { trainPerClass: 12, testPerClass: 5, padTo: 32 } }"), "tiny.yaml");
        var result = await HarnessCommandLine.RunAsync("plan", manifest, "--json", "--flops", "1e9", "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var plan = JsonNode.Parse(result.Output)!;
        var (vgg, net) = (plan["cells"]![0]!, plan["cells"]![1]!);
        Assert.Equal(("VGG/glyphs/0", 120, 4, "assumed"), ((string)vgg["cell"]!, (int)vgg["trainImages"]!, (int)vgg["epochs"]!, (string)vgg["secondsFrom"]!));
        Assert.Equal(((double)vgg["trainingFlops"]! + (double)vgg["measuringFlops"]!) / 1e9, (double)vgg["seconds"]!, 9);
        Assert.Equal((double)vgg["trainingFlops"]!, (double)plan["trainingFlops"]!);
        Assert.True((long)vgg["deviceBytes"]! > 12 * (long)vgg["parameters"]!);
        // It uses its layers by forward, so hooks see nothing of it; its parameters are known all the same.
        Assert.True((long)net["parameters"]! > 0);
        Assert.Null(net["trainingFlops"]);
        Assert.Null(net["seconds"]);
    }

    [Fact]
    public async Task TheTimeIsThatOfLikeCellsInAnEarlierRun()
    {
        var manifest = scratch.Write(TinyManifest.Text("{ VGG: { use: vgg, width: 0.02 } }", epochs: 2, datasets: "{ glyphs: { trainPerClass: 12, testPerClass: 5, padTo: 32 } }"), "tiny.yaml");
        var ran = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"]);
        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
        var blank = await HarnessCommandLine.RunAsync("plan", manifest);
        Assert.Contains("No time is given where no speed is known", blank.Output);
        var timed = await HarnessCommandLine.RunAsync("plan", manifest, "--speed", scratch["run"]);
        Assert.Equal(0, timed.ExitCode);
        Assert.Contains($"Time: as like cells took in {scratch["run"]}.", timed.Output);
        Assert.DoesNotContain("No time is given", timed.Output);
    }

    [Fact]
    public async Task ASpeedThatIsNoneIsRefused()
    {
        var result = await HarnessCommandLine.RunAsync("plan", scratch["any.yaml"], "--flops", "fast");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("--flops 'fast' is no speed", result.Error);
    }
}
