using Harness.Commands;
using Harness.Plugins;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>The paper's whole matrix with every quantity that the metrics here declare and draw: 21 pairs, 3 seeds, 50 measured epochs.</summary>
public sealed class PaperSizedReportTests : BrowserTest
{
    [Fact]
    public async Task ItIsOneFileOfLessThanEightMegabytesThatOpensWithItsVerdictAndItsCorrelations()
    {
        var quantities = Declared();
        Assert.InRange(quantities.Count, 30, 1000);
        var path = await OpenAsync(SyntheticPaper.Run(quantities).Record());
        var size = new FileInfo(path).Length;
        Assert.InRange(size, 1, 8_000_000);

        Assert.Equal("63 of 63", await Page.InnerTextAsync("#cells-done"));
        Assert.StartsWith("Collapse and robustness go together as training goes on", await Page.InnerTextAsync("#finding-together"));
        Assert.Equal("cannot tell: the interval contains 0", await Page.InnerTextAsync("#robustness .correlations tbody tr:last-child .says"));
        Assert.Equal(quantities.Count, await Page.Locator(".glossary tbody tr").CountAsync());
        await Page.Locator("#figure-1").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(Page.Locator("#figure-1 .panel[data-drawn]")).ToHaveCountAsync(21);
        AssertQuiet();

        // For docs/measurements; a busy machine says other things, so nothing is asserted of times.
        var times = await Page.EvaluateAsync<double[]>("[performance.getEntriesByName('first-contentful-paint')[0].startTime, performance.getEntriesByType('navigation')[0].loadEventEnd]");
        TestContext.Current.TestOutputHelper!.WriteLine($"{quantities.Count} quantities, {size} bytes, first contentful paint after {times[0]:F0} ms, loaded after {times[1]:F0} ms");
    }

    /// <summary>What the metrics beside the built product declare and draw; what the synthetic run plants is among it.</summary>
    private static IReadOnlyList<QuantityRecord> Declared()
    {
        var catalog = PluginDiscovery.In([Path.Combine(Path.GetDirectoryName(HarnessCommandLine.Executable)!, "plugins")]);
        var metrics = DeclaredMetric.Of(catalog, out _);
        QuantityRecord[] declared = [.. metrics.SelectMany(m => m.Card.Quantities.Where(q => q.Figure is not null).Select(q => new QuantityRecord(m.Name, q)))];
        foreach (var planted in new[] { "neural-collapse/nc1", "robustness/deepfool.relative-radius", "generalization/accuracy" })
            Assert.Contains(declared, q => $"{q.Metric}/{q.Quantity.Name}" == planted);
        return declared;
    }
}
