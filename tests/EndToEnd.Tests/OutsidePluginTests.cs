using Harness.Plugins;
using Testing;

namespace EndToEnd.Tests;

public sealed class OutsidePluginTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task APluginBuiltOutsideTheRepositoryIsListedWithItsOptions()
    {
        var catalog = PluginDiscovery.In([await OutsidePlugin.BuildAsync(scratch)]);

        Assert.Empty(catalog.Refused);
        var mlp = Assert.Single(catalog.Plugins);
        Assert.Equal((PluginKind.Architecture, "mlp", "One hidden layer.", "2.5.0"), (mlp.Kind, mlp.Name, mlp.Summary, mlp.Version));
        Assert.Equal("Hidden", Assert.Single(mlp.OptionsType!.GetProperties()).Name);
        Assert.DoesNotContain("TorchSharp.dll", Directory.GetFiles(scratch["plugins", "Mlp"]).Select(Path.GetFileName));
    }
}
