using Harness;
using Harness.Reporting.Live;
using Harness.Results;
using Microsoft.Playwright;
using Testing;

namespace EndToEnd.Tests.Report;

/// <summary>The page that report --watch serves, in a browser, while its run goes on.</summary>
public sealed class LiveReportTests : BrowserTest
{
    [Fact]
    public async Task ThePageFollowsTheRunAndKeepsPlaceAndChoices()
    {
        using var scratch = new ScratchFolder();
        var run = new RunFolder(scratch.Path);
        SyntheticRun.Save(new SyntheticRun { Finished = 5 }.Record(), run);
        var report = new LiveReport(run);
        using var server = LoopbackServer.Start(report, port: null);
        using var ending = new CancellationTokenSource();
        var serving = server.RunAsync(ending.Token);

        await Page.GotoAsync(server.Address.AbsoluteUri);
        await Page.SelectOptionAsync("#epoch-axis", "linear");
        await Page.Locator("#cells").ScrollIntoViewIfNeededAsync();
        await Page.EvaluateAsync("scrollTo({ top: document.getElementById('cells').getBoundingClientRect().top + scrollY - 200, behavior: 'instant' })");
        var before = await Page.EvaluateAsync<double>("document.getElementById('cells').getBoundingClientRect().top");
        Assert.Equal("not run", await Page.InnerTextAsync("#cell-6 .state"));

        var last = run.ReadPlan().Cells[5];
        run.Cell(last.Key).WriteSpec(last.Spec);
        run.Cell(last.Key).Append([new(1, "neural-collapse", "nc1", Split.Train, 3)]);
        Assert.True(report.Refresh());
        await Assertions.Expect(Page.Locator("#cell-6 .state")).ToHaveTextAsync("unfinished");
        await Assertions.Expect(Page.Locator("#live")).ToHaveTextAsync("live");
        Assert.Equal("linear", await Page.Locator("#epoch-axis").InputValueAsync());
        await Page.WaitForFunctionAsync("before => Math.abs(document.getElementById('cells').getBoundingClientRect().top - before) < 300", before);
        Assert.Empty(Complaints);
        Assert.All(Requests.Where(r => !r.StartsWith("data:", StringComparison.Ordinal) && !r.StartsWith("blob:", StringComparison.Ordinal)), request => Assert.StartsWith(server.Address.AbsoluteUri, request));

        await ending.CancelAsync();
        await serving;
        await Assertions.Expect(Page.Locator("#live")).ToContainTextAsync("not live");
    }
}
