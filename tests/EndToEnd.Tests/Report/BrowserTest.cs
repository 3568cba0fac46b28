using Harness.Reporting;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>A report as a reader has it: opened from its file in Chromium, with all that the browser complains about and asks for.</summary>
public abstract class BrowserTest : IAsyncLifetime
{
    private readonly ScratchFolder scratch = new();
    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Errors and warnings of the console.</summary>
    protected List<string> Complaints { get; } = [];

    /// <summary>What the page asked for.</summary>
    protected List<string> Requests { get; } = [];

    /// <summary>The page, empty until <see cref="OpenAsync"/>.</summary>
    protected IPage Page { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var chromium = Chromium();
        Assert.SkipWhen(chromium is null, "No chromium on PATH: the report was not looked at in a browser.");
        // A busy machine draws late; a test that fails waits that long, and no other.
        Assertions.SetDefaultExpectTimeout(30_000);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        Page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 }, ReducedMotion = ReducedMotion.Reduce });
        Page.Console += (_, message) => { if (message.Type is "error" or "warning") Complaints.Add(message.Text); };
        Page.PageError += (_, error) => Complaints.Add(error);
        Page.Request += (_, request) => Requests.Add(request.Url);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        scratch.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes a run's report and opens it.</summary>
    /// <returns>The page's path.</returns>
    protected async Task<string> OpenAsync(RunRecord record)
    {
        var run = new RunFolder(scratch["run"]);
        SyntheticRun.Save(record, run);
        var path = ReportWriter.Write(run);
        await Page.GotoAsync(new Uri(path).AbsoluteUri);
        return path;
    }

    /// <summary>Nothing was complained of, and nothing was asked for but the page itself.</summary>
    protected void AssertQuiet()
    {
        Assert.Empty(Complaints);
        Assert.StartsWith("file:", Assert.Single(Requests, request => !request.StartsWith("data:", StringComparison.Ordinal) && !request.StartsWith("blob:", StringComparison.Ordinal)));
    }

    /// <summary>Nothing but what scrolls by itself is wider than the window.</summary>
    protected async Task AssertFitsAsync() => Assert.Equal("", await Page.EvaluateAsync<string>(
        "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, svg') && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80)).join()"));

    private static string? Chromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
