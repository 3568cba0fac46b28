using CsCheck;
using Testing;

namespace Harness.Tests.Fetching;

/// <summary>Servers that break off, stall, change the file, or lie about it.</summary>
public sealed class BrokenTransferTests : IDisposable
{
    private static readonly byte[] Content = FetchBench.Content(300_000);
    private static readonly byte[] Newer = FetchBench.Content(300_000, seed: 2);

    private readonly FetchBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task WhatBrokeOffIsContinuedAsTheSameVersion()
    {
        await using var server = new FileServer(new FileReply(Content) { Tag = "v1", BreaksAfter = 100_000 }, new FileReply(Content) { Tag = "v1" });
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        Assert.Contains("\r\nRange: bytes=100000-\r\nIf-Range: \"v1\"\r\n", Sorted(server.Requests.Last()));
        Assert.Equal([1], bench.Clock.Waits);
    }

    [Fact]
    public async Task ADateServesWhereThereIsNoStrongTag()
    {
        const string Date = "Last-Modified: Sat, 01 Aug 2009 10:00:00 GMT";
        await using var server = new FileServer(
            new FileReply(Content) { Headers = [Date, "ETag: W/\"weak\""], BreaksAfter = 100_000 }, new FileReply(Content) { Headers = [Date] });
        await bench.FetchesAsync(Content, new("file.bin", null, null, [server["file.bin"]]));
        Assert.Contains("\r\nRange: bytes=100000-\r\nIf-Range: Sat, 01 Aug 2009 10:00:00 GMT\r\n", Sorted(server.Requests.Last()));
    }

    [Fact]
    public async Task AServerThatCannotContinueSendsTheWholeAndItIsNotAppended()
    {
        await using var server = new FileServer(new FileReply(Content) { Tag = "v1", BreaksAfter = 100_000 }, new FileReply(Content) { Tag = "v1", HonoursRange = false });
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AFileThatChangedBetweenTriesIsBegunAnew(bool serverMixes)
    {
        // Nothing is published of it, so that only the versions keep the halves of two files apart.
        await using var server = new FileServer(
            new FileReply(Content) { Tag = "v1", BreaksAfter = 100_000 }, new FileReply(Newer) { Tag = "v2", IgnoresCondition = serverMixes }, new FileReply(Newer) { Tag = "v2" });
        await bench.FetchesAsync(Newer, new("file.bin", null, null, [server["file.bin"]]));
        Assert.Equal(serverMixes ? 3 : 2, server.Requests.Count);
    }

    [Fact]
    public async Task WithoutVersionAndChecksumNothingIsContinued()
    {
        await using var server = new FileServer(new FileReply(Content) { BreaksAfter = 100_000 }, new FileReply(Newer));
        await bench.FetchesAsync(Newer, new("file.bin", null, null, [server["file.bin"]]));
        Assert.DoesNotContain("Range", server.Requests.Last());
    }

    [Fact]
    public async Task WithoutVersionAChecksumTellsAMixtureAndItIsFetchedOnceMoreWhole()
    {
        await using var server = new FileServer(new FileReply(Content) { BreaksAfter = 100_000 }, new FileReply(Newer), new FileReply(Newer));
        await bench.FetchesAsync(Newer, FetchBench.Published(Newer, server["file.bin"]));
        Assert.Contains("Range: bytes=100000-", server.Requests.ElementAt(1));
        Assert.DoesNotContain("Range", server.Requests.ElementAt(2));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task ASilentServerIsLeftAndAskedForTheRest(int bytes)
    {
        var stalling = new FileReply(Content) { Tag = "v1", SilentAfter = bytes };
        await using var server = new FileServer(stalling, new FileReply(Content) { Tag = "v1" });
        var fetched = bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        await stalling.Silent;
        bench.Clock.EndSilences();
        await fetched;
        Assert.Contains(bench.Progress.Sentences, s => s.Contains("sent nothing for 30 s; trying again in 1 s"));
    }

    [Theory]
    [InlineData(299_999)]
    [InlineData(300_001)]
    public async Task AServerThatSaysAnotherLengthThanPublishedIsLeftForAMirror(int claimed)
    {
        await using var server = new FileServer(new FileReply(Content) { ClaimedLength = claimed }, new FileReply(Content));
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["liar"], server["mirror"]));
        Assert.Equal($"{server["liar"]} has a file of {claimed} bytes where 300000 are published.", Assert.Single(bench.Progress.Sentences));
    }

    [Fact]
    public async Task AServerThatSaysNoLengthAndSendsTooMuchIsCutOff()
    {
        await using var server = new FileServer(new FileReply([.. Content, .. Newer]) { SaysNoLength = true });
        Assert.Contains("sends more than the 300000 bytes expected", await bench.FailsAsync(FetchBench.Published(Content, server["file.bin"])));
        Assert.Empty(bench.Names);
    }

    [Fact]
    public async Task AServerThatSaysNoLengthAndSendsTooLittleIsAskedForTheRest()
    {
        await using var server = new FileServer(new FileReply(Content) { Tag = "v1", SaysNoLength = true, BreaksAfter = 100_000 }, new FileReply(Content) { Tag = "v1" });
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
    }

    [Fact]
    public async Task AServerThatNeverSendsAllItPromisesIsGivenUpAndWhatItSentIsKept()
    {
        // It says 300000 and has only 200000.
        var part = Content[..200_000];
        await using var server = new FileServer(Enumerable.Range(0, 9).Select(_ => new FileReply(part) { Tag = "v1", ClaimedLength = 300_000, HonoursRange = false }));
        var sentence = await bench.FailsAsync(FetchBench.Published(Content, server["file.bin"]));
        Assert.Equal(bench.Policy.Tries, server.Requests.Count);
        Assert.Contains("The 200 kB received are kept: the same command continues.", sentence);
        Assert.Equal(["file.bin.part", "file.bin.part.json"], bench.Names);
    }

    [Fact]
    public async Task AWrongChecksumIsNotNamedNotKeptAndNotAskedForAgain()
    {
        await using var server = new FileServer(new FileReply(Newer));
        var sentence = await bench.FailsAsync(FetchBench.Published(Content, server["file.bin"]));
        Assert.Contains($"has checksum {FetchBench.Md5(Newer)} where {FetchBench.Md5(Content)} is published", sentence);
        Assert.Single(server.Requests);
        Assert.Empty(bench.Names);
    }

    [Fact]
    public async Task AMirrorMakesUpForAWrongChecksum()
    {
        await using var server = new FileServer(new FileReply(Newer) { Tag = "x" }, new FileReply(Content) { Tag = "x" });
        await bench.FetchesAsync(Content, new("file.bin", null, FetchBench.Sha256(Content), [server["damaged"], server["mirror"]]));
    }

    [Fact]
    public async Task AMirrorDoesNotContinueWhatAnotherAddressBegan()
    {
        await using var server = new FileServer(
            [.. Enumerable.Range(0, 5).Select(_ => new FileReply(Content) { Tag = "x", BreaksAfter = 100, HonoursRange = false }), new FileReply(Newer) { Tag = "x" }]);
        await bench.FetchesAsync(Newer, new("file.bin", null, null, [server["first"], server["mirror"]]));
        Assert.DoesNotContain("Range", server.Requests.Last());
    }

    [Fact]
    public async Task ALineThatBreaksOftenButGetsOnIsNotGivenUp()
    {
        using var patient = new FetchBench { Policy = new() { Headway = 10_000 } };
        await using var server = new FileServer(Enumerable.Range(0, 30).Select(_ => new FileReply(Content) { Tag = "v1", BreaksAfter = 10_000 }));
        await patient.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        Assert.Equal(30, server.Requests.Count);
        Assert.All(patient.Clock.Waits, wait => Assert.Equal(1, wait));
    }

    [Fact]
    public async Task AStoppedFetchIsContinuedByTheNext()
    {
        var stalling = new FileReply(Content) { Tag = "v1", SilentAfter = 100_000 };
        await using var server = new FileServer(stalling, new FileReply(Content) { Tag = "v1" });
        var file = FetchBench.Published(Content, server["file.bin"]);
        using var stop = new CancellationTokenSource();
        var stopping = new RecordedProgress { OnBytes = bytes => { if (bytes == 100_000) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Files.FetchAsync(file, bench.Target, stopping, stop.Token));
        Assert.Equal(["file.bin.part", "file.bin.part.json"], bench.Names);
        await bench.FetchesAsync(Content, file);
        Assert.Contains("Range: bytes=100000-", server.Requests.Last());
    }

    [Fact]
    public async Task AllThatAKilledFetchLeftIsCheckedAndNamedWithoutARequest()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Target)!);
        await File.WriteAllBytesAsync(bench.Target + ".part", Content, TestContext.Current.CancellationToken);
        await using var server = new FileServer();
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"address":"elsewhere"}""")]
    [InlineData("""{"address":"elsewhere","eTag":"no tag"}""")]
    public async Task APartOfUnknownOriginIsBegunAnew(string origin)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(bench.Target)!);
        await File.WriteAllBytesAsync(bench.Target + ".part", Newer[..1000], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(bench.Target + ".part.json", origin, TestContext.Current.CancellationToken);
        await using var server = new FileServer(new FileReply(Content));
        await bench.FetchesAsync(Content, FetchBench.Published(Content, server["file.bin"]));
        Assert.DoesNotContain("Range", Assert.Single(server.Requests));
    }

    /// <summary>Whatever mishaps come in whatever order: the file is what was published.</summary>
    [Fact]
    public async Task AfterAnyMishapsTheFileIsWhole()
    {
        var mishap = Gen.Select(Gen.Int[0, 20_000], Gen.Bool, Gen.Bool, Gen.Int[0, 2], (bytes, honours, mixes, tag) =>
            new FileReply(tag == 2 ? Newer[..20_000] : Content[..20_000])
            {
                BreaksAfter = bytes,
                HonoursRange = honours,
                IgnoresCondition = mixes,
                Tag = tag == 0 ? null : $"v{tag}",
                SaysNoLength = bytes % 2 == 0,
            });
        var published = Content[..20_000];
        await mishap.List[0, 3].SampleAsync(
            async mishaps =>
            {
                using var fresh = new FetchBench();
                await using var server = new FileServer([.. mishaps, new FileReply(published) { Tag = "v1" }, new FileReply(published) { Tag = "v1" }, new FileReply(published) { Tag = "v1" }]);
                await fresh.FetchesAsync(published, FetchBench.Published(published, server["a"], server["b"], server["c"], server["d"]));
            },
            iter: 40,
            threads: 1);
    }

    // The order of header lines is the client's affair.
    private static string Sorted(string head) => "\r\n" + string.Join("\r\n", head.Split("\r\n").OrderByDescending(line => line.StartsWith("Range", StringComparison.Ordinal)).ThenByDescending(line => line.StartsWith("If-Range", StringComparison.Ordinal)));
}
