using System.Net;
using Harness.Reporting.Live;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting.Live;

public sealed class LiveReportTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly RunFolder run;

    public LiveReportTests()
    {
        run = new(scratch.Path);
        SyntheticRun.Save(new SyntheticRun { Finished = 2 }.Record(), run);
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void ThePageIsMadeAnewWhenTheRunGoesOnAndOnlyThen()
    {
        var report = new LiveReport(run);
        Assert.False(report.Refresh());
        var before = report.Beyond(1);
        Assert.False(before.IsCompleted);
        GoOn();
        Assert.True(report.Refresh());
        Assert.Equal(2, report.Version);
        Assert.True(before.IsCompleted);
        Assert.False(report.Beyond(2).IsCompleted);
        Assert.False(report.Refresh());
    }

    [Fact]
    public void WhatCannotBeReadNowLeavesThePage()
    {
        var report = new LiveReport(run);
        var page = report.Page;
        File.WriteAllText(run.PlanPath, "{");
        Assert.False(report.Refresh());
        Assert.Same(page, report.Page);
    }

    [Fact]
    public async Task ItIsServedToThisMachineAndNothingElseOfTheDiskIs()
    {
        var stop = TestContext.Current.CancellationToken;
        var report = new LiveReport(run);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var server = LoopbackServer.Start(report, port: null);
        var serving = server.RunAsync(ending.Token);
        using var client = new HttpClient { BaseAddress = server.Address };

        Assert.True(server.Address.IsLoopback);
        var page = await client.GetStringAsync("/", stop);
        Assert.Contains("connect-src &#x27;self&#x27;", page);
        Assert.Contains("data-version=\"1\"", page);
        Assert.Equal("1", await client.GetStringAsync("/changed?since=0", stop));
        var key = run.ReadPlan().Cells[0].Key;
        Assert.StartsWith("{\"epoch\":1", await client.GetStringAsync($"/cells/{key}/measurements.jsonl", stop));
        foreach (var path in new[] { "/plan.json", $"/cells/{key}/cell.json", "/cells/../plan.json", "/cells/%2e%2e/plan.json", "/etc/passwd", $"/cells/{key}/" })
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(path, stop)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/", new StringContent(""), stop)).StatusCode);
        // On a connection of its own, as a browser would: after such a refusal the listener's connection is not to be used again.
        using var other = new HttpClient { BaseAddress = server.Address };
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        Assert.False((await other.SendAsync(elsewhere, stop)).IsSuccessStatusCode);

        var waiting = client.GetStringAsync("/changed?since=1", stop);
        GoOn();
        Assert.True(report.Refresh());
        Assert.Equal("2", await waiting);
        Assert.Contains("data-version=\"2\"", await client.GetStringAsync("/", stop));
        Assert.Contains($"--port {server.Address.Port} cannot be listened on", Assert.Throws<IOException>(() => LoopbackServer.Start(report, server.Address.Port)).Message);
        await ending.CancelAsync();
        await serving;
    }

    private void GoOn() => run.Cell(run.ReadPlan().Cells[1].Key).Append([new(61, "neural-collapse", "nc1", Split.Train, 1e-9)]);
}
