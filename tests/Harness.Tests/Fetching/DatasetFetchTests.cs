using Harness.Fetching;
using Testing;

namespace Harness.Tests.Fetching;

public sealed class DatasetFetchTests : IDisposable
{
    private static readonly byte[] Train = FetchBench.Content(5000);
    private static readonly byte[] Test = FetchBench.Content(3000, seed: 2);

    private readonly FetchBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task WhatIsMissingIsFetchedAndWhatIsThereIsLeftAlone()
    {
        await using var server = new FileServer(new FileReply(Test));
        Write("train", Train);
        var stamp = File.GetLastWriteTimeUtc(Path("train"));
        Assert.True(await FetchAsync(bench, Published("train", Train, server["train"]), Published("test", Test, server["test"])));
        Assert.Equal(Test, await File.ReadAllBytesAsync(Path("test"), TestContext.Current.CancellationToken));
        Assert.Equal(stamp, File.GetLastWriteTimeUtc(Path("train")));
        Assert.Equal(["set/train: there already.", $"set/test: fetched, 3.00 kB, {FetchBench.Md5(Test)} as published."], bench.Progress.Sentences);
    }

    [Theory]
    [InlineData(5000, "has checksum")]
    [InlineData(4999, "has 4999 bytes where 5000 are published")]
    public async Task AFileThatIsWrongIsToldAndNeverOverwritten(int length, string fault)
    {
        await using var server = new FileServer(new FileReply(Test));
        var mine = FetchBench.Content(length, seed: 3);
        Write("train", mine);
        Assert.False(await FetchAsync(bench, Published("train", Train, server["train"]), Published("test", Test, server["test"])));
        Assert.Equal(mine, await File.ReadAllBytesAsync(Path("train"), TestContext.Current.CancellationToken));
        Assert.Contains(fault, bench.Progress.Sentences[0]);
        Assert.EndsWith("It is left as it is: move it away or delete it, and fetch again.", bench.Progress.Sentences[0]);
        Assert.True(File.Exists(Path("test")));
    }

    [Fact]
    public async Task AFileThatCannotBeHadDoesNotKeepTheOthersAway()
    {
        await using var server = new FileServer(new FileReply([]) { Status = "404 Not Found" }, new FileReply(Test));
        Assert.False(await FetchAsync(bench, Published("train", Train, server["train"]), Published("test", Test, server["test"])));
        Assert.Equal(["test"], bench.Names);
        Assert.Contains(bench.Progress.Sentences, s => s.StartsWith("set/train: train could not be fetched: http://127.0.0.1", StringComparison.Ordinal) && s.Contains("404 Not Found"));
    }

    [Theory]
    [InlineData("../train")]
    [InlineData("/etc/train")]
    [InlineData("sub/../../set2/train")]
    [InlineData("")]
    [InlineData("sub/")]
    public async Task ACardCannotWriteOutsideItsFolder(string name)
    {
        await using var server = new FileServer(new FileReply(Train));
        Assert.False(await FetchAsync(bench, Published(name, Train, server["train"])));
        Assert.Contains("does not lie in its folder", Assert.Single(bench.Progress.Sentences));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ASubFolderIsMade()
    {
        await using var server = new FileServer(new FileReply(Train));
        Assert.True(await FetchAsync(bench, Published("sub/train", Train, server["train"])));
        Assert.True(File.Exists(Path("sub/train")));
    }

    [Fact]
    public async Task ASetThatDoesNotFitIsRefusedWhole()
    {
        using var full = new FetchBench { FreeBytes = (16 << 20) + 7999 };
        await using var server = new FileServer(new FileReply(Train));
        Assert.False(await FetchAsync(full, Published("train", Train, server["train"]), Published("test", Test, server["test"])));
        Assert.Contains("8.00 kB are to be fetched", Assert.Single(full.Progress.Sentences));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("sha1:00")]
    [InlineData("md5:0123")]
    [InlineData("MD5:0123456789ABCDEF0123456789ABCDEF")]
    public async Task AChecksumThatIsNoneIsTheCardsFault(string checksum)
    {
        await using var server = new FileServer(new FileReply(Train));
        Assert.False(await FetchAsync(bench, new DatasetFile("train", null, checksum, [server["train"]])));
        Assert.Contains($"The checksum '{checksum}' is neither", bench.Progress.Sentences[^1]);
        Assert.False(File.Exists(Path("train")));
    }

    private static Task<bool> FetchAsync(FetchBench bench, params DatasetFile[] files) =>
        new DatasetFetch(bench.Files, bench.Space).FetchAsync(PublishedSet.Of(files), bench.Root, bench.Progress, TestContext.Current.CancellationToken);

    private static DatasetFile Published(string name, byte[] content, string address) => new(name, content.Length, FetchBench.Md5(content), [address]);

    private string Path(string name) => System.IO.Path.Combine(bench.Root, "set", name);

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(bench.Root, "set"));
        File.WriteAllBytes(Path(name), content);
    }
}
