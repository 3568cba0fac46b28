using Harness.Plugins;
using Harness.Results;
using Testing;

namespace EndToEnd.Tests;

public sealed class OutsidePluginTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task APluginBuiltOutsideTheRepositoryIsListedWithItsOptionsAndTrained()
    {
        var plugins = await OutsidePlugin.BuildAsync(scratch);
        var catalog = PluginDiscovery.In([plugins]);

        Assert.Empty(catalog.Refused);
        var perceptron = Assert.Single(catalog.Plugins);
        Assert.Equal((PluginKind.Architecture, "perceptron", "One hidden layer.", "2.5.0"), (perceptron.Kind, perceptron.Name, perceptron.Summary, perceptron.Version));
        Assert.Equal("Hidden", Assert.Single(perceptron.OptionsType!.GetProperties()).Name);
        Assert.DoesNotContain("TorchSharp.dll", Directory.GetFiles(scratch["plugins", "Perceptron"]).Select(Path.GetFileName));

        var listed = await HarnessCommandLine.RunAsync("list", "plugins", "--plugins", plugins);
        Assert.Equal(0, listed.ExitCode);
        Assert.Matches(@"architecture\s+perceptron\s+2\.5\.0\s+hidden: \d+", listed.Output);

        var manifest = scratch.Write(OutsidePlugin.Manifest, "mine.yaml");
        var run = await HarnessCommandLine.RunAsync("run", manifest, "--out", scratch["run"], "--plugins", plugins);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        var cell = Assert.Single(new RunFolder(scratch["run"]).Read().Cells);
        Assert.Equal(Outcome.Done, cell.Result!.Outcome);
        Assert.Equal(24, cell.Result.Facts!.FeatureDimension);
        Assert.Contains(cell.Measurements, m => m.Id == "neural-collapse/nc1" && m.Epoch == 4);
    }
}
