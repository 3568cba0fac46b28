using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed class RealDataTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task MnistTrainsFromItsOriginalFiles()
    {
        var data = Environment.GetEnvironmentVariable("HARNESS_DATA");
        if (data is null || !Directory.Exists(Path.Combine(data, "mnist"))) Assert.Skip("HARNESS_DATA names no folder with the real MNIST in it.");
        // By a link, so that the cache comes to lie in a folder of the test's own.
        Directory.CreateSymbolicLink(Directory.CreateDirectory(scratch["data"]).FullName + "/mnist", Path.GetFullPath(Path.Combine(data, "mnist")));
        var manifest = scratch.Write(TinyManifest.Text(datasets: "{ mnist: { trainPerClass: 100, testPerClass: 50 } }", epochs: 6, metrics: "{ generalization: , neural-collapse: }"), "mnist.yaml");
        var result = await HarnessCommandLine.RunAsync("run", manifest, "--data", scratch["data"], "--out", scratch["run"], "--plugins", TinyManifest.FaultyPlugins);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        var cell = new RunFolder(scratch["run"]).Read().Cells[0];
        Assert.Equal(1000, cell.Result!.Facts!.TrainCount);
        var accuracy = cell.Measurements.Last(m => m.Id == "generalization/accuracy" && m.Split == Harness.Split.Test).Value!.Value;
        // A small perceptron on a thousand digits; chance is 0.1.
        Assert.InRange(accuracy, 0.7, 1);
    }
}
