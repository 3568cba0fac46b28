using Testing;

namespace EndToEnd.Tests;

public class ListMetricsTests
{
    [Fact]
    public async Task ThePageIsWhatTheCommandPrints()
    {
        var result = await HarnessCommandLine.RunAsync("list", "metrics", "--markdown");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var page = await File.ReadAllTextAsync(Path.Combine(DotnetCommand.RepositoryRoot, "docs", "metrics.md"), TestContext.Current.CancellationToken);
        Assert.True(page == result.Output, "docs/metrics.md is not what the plugins declare; make it again with: harness list metrics --markdown > docs/metrics.md");
    }

    [Fact]
    public async Task EveryMetricOfEveryFolderIsListed()
    {
        var result = await HarnessCommandLine.RunAsync("list", "metrics", "--plugins", TinyManifest.FaultyPlugins);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("Tr(Σ_W Σ_B⁺)/C", result.Output);
        Assert.Contains("Throws at even epochs.", result.Output);
    }
}
