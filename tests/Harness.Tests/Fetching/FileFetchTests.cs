using Harness.Fetching;
using Testing;

namespace Harness.Tests.Fetching;

/// <summary>Fetching from servers that do as they should, and where a fetch ends up when it cannot.</summary>
public sealed class FileFetchTests : IDisposable
{
    private static readonly byte[] Content = FetchBench.Content(300_000);

    private readonly FetchBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task AFileIsFetchedAndNamedAndTheRequestGivesNothingAway()
    {
        await using var server = new FileServer(new FileReply(Content));
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        var head = Assert.Single(server.Requests);
        Assert.StartsWith("GET /file.bin HTTP/1.1\r\n", head);
        Assert.Contains("\r\nUser-Agent: harness/", head);
        foreach (var header in new[] { "Authorization", "Cookie", "Range", "Referer" }) Assert.DoesNotContain(header, head);
        Assert.Equal(Content.Length, bench.Progress.Furthest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFileOfWhichNothingIsPublishedIsFetched(bool saysNoLength)
    {
        await using var server = new FileServer(new FileReply(Content) { SaysNoLength = saysNoLength });
        await bench.FetchesAsync(Content, new("file.bin", null, null, [server["file.bin"]]));
    }

    [Fact]
    public async Task AnEmptyFileIsFetched()
    {
        await using var server = new FileServer(new FileReply([]));
        await bench.FetchesAsync([], FetchBench.Published([], server["file.bin"]));
    }

    [Fact]
    public async Task ARedirectIsFollowed()
    {
        await using var far = new FileServer(new FileReply(Content));
        await using var near = new FileServer(new FileReply([]) { Status = "302 Found", Headers = [$"Location: {far["elsewhere"]}"] });
        await bench.FetchesAsync(Content, FetchBench.Published(Content, near["file.bin"]));
        Assert.StartsWith("GET /elsewhere ", Assert.Single(far.Requests));
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/file.bin")]
    [InlineData("http://")]
    public async Task ARedirectToAnotherSchemeIsNotFollowed(string location)
    {
        await using var server = new FileServer(new FileReply([]) { Status = "302 Found", Headers = [$"Location: {location}"] });
        Assert.Contains($"redirects to '{location}', which is not followed", await bench.FailsAsync(FetchBench.Published(Content, server["file.bin"])));
        Assert.Empty(bench.Names);
    }

    [Fact]
    public async Task RedirectsWithoutEndEnd()
    {
        await using var server = new FileServer(Enumerable.Range(0, 100).Select(_ => new FileReply([]) { Status = "302 Found", Headers = ["Location: /file.bin"] }));
        Assert.Contains("which is not followed", await bench.FailsAsync(FetchBench.Published(Content, server["file.bin"])));
        Assert.Equal(11, server.Requests.Count);
    }

    [Fact]
    public async Task WhatIsNotThereIsAskedOfTheMirrorsAtOnce()
    {
        await using var server = new FileServer(new FileReply([]) { Status = "404 Not Found" }, new FileReply([]) { Status = "403 Forbidden" }, new FileReply(Content));
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["first"], server["second"], server["third"]));
        Assert.Empty(bench.Clock.Waits);
        Assert.Equal([$"{server["first"]} answers 404 Not Found.", $"{server["second"]} answers 403 Forbidden."], bench.Progress.Sentences);
    }

    [Fact]
    public async Task AServerInTroubleIsAskedAgainAfterLongerAndLongerWaits()
    {
        await using var server = new FileServer([.. Enumerable.Range(0, 5).Select(_ => new FileReply([]) { Status = "500 Internal Server Error" }), new FileReply(Content)]);
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["first"], server["mirror"]));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
        Assert.Equal(5, server.Requests.Count(head => head.StartsWith("GET /first", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("86400", 60)]
    public async Task AServerThatAsksForPatienceGetsItWithinBounds(string asked, double waited)
    {
        await using var server = new FileServer(new FileReply([]) { Status = "429 Too Many Requests", Headers = [$"Retry-After: {asked}"] }, new FileReply(Content));
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        Assert.Equal([waited], bench.Clock.Waits);
    }

    [Fact]
    public async Task WhenNoAddressHasItEachIsNamedWithItsReason()
    {
        var closed = new FileServer();
        var dead = closed["file.bin"];
        await closed.DisposeAsync();
        await using var server = new FileServer(new FileReply([]) { Status = "410 Gone" });
        var sentence = await bench.FailsAsync(FetchBench.Published(Content, dead, server["file.bin"]));
        Assert.Contains($"{dead} broke off: Connection refused", sentence);
        Assert.Contains($"{server["file.bin"]} answers 410 Gone", sentence);
        Assert.Empty(bench.Names);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("train.gz")]
    public async Task OnlyWebAddressesAreAsked(string address) =>
        Assert.Contains($"'{address}' is not a web address", await bench.FailsAsync(FetchBench.Published(Content, address)));

    [Fact]
    public async Task AFileThatTookTheNameMeanwhileIsNotOverwritten()
    {
        await using var server = new FileServer(new FileReply(Content));
        using var racing = new FetchBench { Progress = new() { OnBytes = _ => File.WriteAllText(Path.Combine(bench.Root, "set", "file.bin"), "mine") } };
        var fault = await Assert.ThrowsAsync<FetchException>(
            () => bench.Files.FetchAsync(FetchBench.Published(Content, server["file.bin"]), bench.Target, racing.Progress, TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", fault.Message);
        Assert.Equal("mine", await File.ReadAllTextAsync(bench.Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task TwoFetchesOfOneFileDoNotMix()
    {
        var slow = new FileReply(Content) { SilentAfter = 1000 };
        await using var server = new FileServer(slow, new FileReply(Content));
        using var stop = new CancellationTokenSource();
        var file = FetchBench.Published(Content, server["file.bin"]);
        var first = bench.Files.FetchAsync(file, bench.Target, bench.Progress, stop.Token);
        await slow.Silent;
        Assert.Contains("file.bin.part' cannot be written", await bench.FailsAsync(file));
        Assert.Single(server.Requests);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await bench.FetchesAsync(Content, file);
    }

    [Fact]
    public async Task WhatDoesNotFitIsRefusedBeforeItsFirstByte()
    {
        using var full = new FetchBench { FreeBytes = 1_000_000 };
        await using var server = new FileServer(new FileReply(Content));
        var sentence = await full.FailsAsync(new("file.bin", null, null, [server["file.bin"]]));
        Assert.Contains("300 kB are to be fetched", sentence);
        Assert.Contains("1.00 MB are free", sentence);
        Assert.Empty(full.Names);
    }
}
