using System.Text.RegularExpressions;
using Harness.Reporting;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests;

/// <summary>The report as a reader has it: opened from its file in Chromium.</summary>
public sealed class ReportInBrowserTests : IAsyncLifetime
{
    private const string Nasty = "<script>document.title='taken over'</script>";

    private readonly ScratchFolder scratch = new();
    private readonly List<string> complaints = [];
    private readonly List<string> requests = [];
    private IPlaywright? playwright;
    private IBrowser? browser;
    private IPage page = null!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Chromium();
        Assert.SkipWhen(chromium is null, "No chromium on PATH: the report was not looked at in a browser.");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 800 } });
        page.Console += (_, message) => { if (message.Type is "error" or "warning") complaints.Add(message.Text); };
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => requests.Add(request.Url);

        var run = new RunFolder(scratch.Path);
        SyntheticRun.Save(new SyntheticRun { Architectures = ["vgg", "resnet", Nasty], Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record(), run);
        await page.GotoAsync(new Uri(ReportWriter.Write(run)).AbsoluteUri);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        scratch.Dispose();
    }

    [Fact]
    public async Task TheHeadlineIsTheDataAndNothingElseIsAskedFor()
    {
        Assert.Equal("5 of 6", await page.InnerTextAsync("#cells-done"));
        Assert.Equal("5", await page.InnerTextAsync("#cells-terminal"));
        Assert.Equal("1", await page.InnerTextAsync("#cells-failed"));
        Assert.Contains("fell in 5 of 5 cells", await page.InnerTextAsync("#findings"));
        Assert.Equal("", await page.EvaluateAsync<string>(
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).join()"));
        Assert.Empty(complaints);
        Assert.StartsWith("file:", Assert.Single(requests, request => !request.StartsWith("data:", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnotherChoiceTintsTheMatrixAnew()
    {
        var cell = page.Locator(".matrix td[data-place='0']");
        var before = await cell.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor");
        await page.SelectOptionAsync("#tint", "accuracy");
        Assert.NotEqual(before, await cell.EvaluateAsync<string>("e => getComputedStyle(e).backgroundColor"));
        Assert.Equal("plain", await page.Locator(".matrix td[data-place='1']").GetAttributeAsync("class"));
    }

    [Fact]
    public async Task APanelIsDrawnWhenItComesIntoView()
    {
        var last = page.Locator(".panel").Last;
        Assert.Null(await last.GetAttributeAsync("data-drawn"));
        await last.ScrollIntoViewIfNeededAsync();
        await last.Locator(".scatterlayer path.js-line").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.SelectOptionAsync("#epoch-axis", "linear");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task NamesStayText()
    {
        Assert.Equal("synthetic: neural collapse report", await page.TitleAsync());
        Assert.Equal(Nasty + "18", await page.Locator(".matrix tbody th").Last.InnerTextAsync());
    }

    [Fact]
    public async Task ALinkToALearningRateThatIsNotChosenOpensIt()
    {
        var run = new RunFolder(scratch["swept"]);
        SyntheticRun.Save(new SyntheticRun { Seeds = 3, SweptRates = [.. Enumerable.Range(1, 25).Select(i => i / 100.0)], Failures = new Dictionary<int, Outcome> { [24] = Outcome.Diverged } }.Record(), run);
        await page.GotoAsync(new Uri(ReportWriter.Write(run)).AbsoluteUri);
        Assert.Equal(6, await page.Locator("#sweeps svg").CountAsync());
        Assert.Equal("", await page.EvaluateAsync<string>(
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).join()"));
        await page.Locator("#sweep-1 summary").ClickAsync();
        await page.Locator("#sweep-1 a.bad").ClickAsync();
        await page.Locator("#cell-25 .failure").WaitForAsync();
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task EveryNumberOfACellIsThereWhenOpened()
    {
        await page.Locator("#cell-1 > summary").ClickAsync();
        await page.Locator("#cell-1 .numbers > summary").ClickAsync();
        await page.Locator("#cell-1 .numbers table").WaitForAsync();
        Assert.Matches(new Regex(@"^60\s"), await page.Locator("#cell-1 .numbers tr").Last.InnerTextAsync());
    }

    private static string? Chromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
