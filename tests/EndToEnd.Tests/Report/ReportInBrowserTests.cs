using System.Text.RegularExpressions;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>The page as a whole: it keeps to itself, fits, and what is folded away opens.</summary>
public sealed class ReportInBrowserTests : BrowserTest
{
    private const string Nasty = "<script>document.title='taken over'</script>";

    private static RunRecord Small => new SyntheticRun { Architectures = ["vgg", "resnet", Nasty], Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(768, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task ThePageFitsAtEveryWidthAndAsksForNothing(int width, ColorScheme scheme)
    {
        await Page.SetViewportSizeAsync(width, 800);
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await OpenAsync(Small);
        await Page.Locator("#robustness .trajectories").ScrollIntoViewIfNeededAsync();
        await Page.Locator("#robustness .legend").WaitForAsync();
        await AssertFitsAsync();
        AssertQuiet();
    }

    [Fact]
    public async Task NamesStayText()
    {
        await OpenAsync(Small);
        Assert.Equal("synthetic: neural collapse report", await Page.TitleAsync());
        Assert.Equal(Nasty + "18", await Page.Locator(".matrix tbody th").Last.InnerTextAsync());
        await Page.Locator("#robustness .trajectories").ScrollIntoViewIfNeededAsync();
        Assert.Contains(Nasty, await Page.Locator("#robustness .legend").InnerTextAsync());
        Assert.Equal("synthetic: neural collapse report", await Page.TitleAsync());
    }

    [Fact]
    public async Task ALinkToALearningRateThatIsNotChosenOpensIt()
    {
        await OpenAsync(new SyntheticRun { Seeds = 3, SweptRates = [.. Enumerable.Range(1, 25).Select(i => i / 100.0)], Failures = new Dictionary<int, Outcome> { [24] = Outcome.Diverged } }.Record());
        Assert.Equal(6, await Page.Locator("#sweeps svg").CountAsync());
        await AssertFitsAsync();
        await Page.Locator("#sweep-1 summary").ClickAsync();
        await Page.Locator("#sweep-1 a.bad").ClickAsync();
        await Page.Locator("#cell-25 .failure").WaitForAsync();
        AssertQuiet();
    }

    [Fact]
    public async Task EveryNumberOfACellIsThereWhenOpened()
    {
        await OpenAsync(Small);
        await Page.Locator("#cell-1 h3 a").ClickAsync();
        await Page.Locator("#cell-1 .numbers > summary").ClickAsync();
        await Page.Locator("#cell-1 .numbers table").WaitForAsync();
        Assert.Matches(new Regex(@"^60\s"), await Page.Locator("#cell-1 .numbers tr").Last.InnerTextAsync());
    }

    [Fact]
    public async Task ARunOfNothingYetOpensQuietly()
    {
        await OpenAsync(new SyntheticRun { Finished = 0 }.Record());
        Assert.Equal("No cell has run to its end yet, so there is nothing to conclude.", await Page.InnerTextAsync("#verdict .lead"));
        Assert.Equal("not run", await Page.Locator(".heat td[data-pair='0'] a").First.InnerTextAsync());
        AssertQuiet();
    }
}
