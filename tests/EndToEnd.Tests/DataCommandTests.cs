using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Harness;
using Testing;

namespace EndToEnd.Tests;

/// <summary>The verb <c>data</c> as its users meet it, against a web server on the loopback.</summary>
public sealed class DataCommandTests : IDisposable
{
    private static readonly byte[] Train = Records(40_000);
    private static readonly byte[] Test = Records(2);

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task ASetIsListedFetchedVerifiedAndThenThereAlready()
    {
        await using var server = new FileServer(new FileReply(Train), new FileReply(Test));
        Publish(server);
        Assert.Matches(@"published +Published +2 +40,000 +2 +absent +200 kB +Public domain +" + scratch["data", "published"], (await DataAsync("list")).Output);

        var fetched = await DataAsync("fetch", "published");
        Assert.True(fetched.ExitCode == 0, fetched.Output + fetched.Error);
        Assert.Contains("Licence: Public domain. Cite: Nobody: Nothing. 2026.", fetched.Output);
        Assert.Contains($"published/train.bin: fetched, 200 kB, {Md5(Train)} as published.", fetched.Output);
        Assert.Equal(Train, await File.ReadAllBytesAsync(scratch["data", "published", "train.bin"], TestContext.Current.CancellationToken));
        Assert.Matches(@"published +Published +2 +40,000 +2 +present +- ", (await DataAsync("list")).Output);

        var verified = await DataAsync("verify", "published");
        Assert.Equal((0, 4), (verified.ExitCode, verified.Output.Trim().Split('\n').Length));
        Assert.Contains("published: 40000 training images of 2x2x1 open.", verified.Output);

        var again = await DataAsync("fetch", "published");
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("published/train.bin: there already.", again.Output);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task KilledInTheMiddleItGoesOnWhereItWas()
    {
        var stalling = new FileReply(Train) { Tag = "v1", SilentAfter = 150_000 };
        await using var server = new FileServer(stalling, new FileReply(Train) { Tag = "v1" }, new FileReply(Test));
        Publish(server);
        using (var fetch = HarnessCommandLine.Start(Arguments("fetch", "published")))
        {
            await stalling.Silent;
            // All of it is sent; when it is written the file says so.
            await WrittenAsync(scratch["data", "published", "train.bin.part"], 150_000, fetch);
            fetch.Kill();
            await fetch.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Matches(@"published +Published .* absent +50.0 kB", (await DataAsync("list")).Output);

        var fetched = await DataAsync("fetch", "published");
        Assert.True(fetched.ExitCode == 0, fetched.Output + fetched.Error);
        Assert.Contains("Range: bytes=150000-", server.Requests.ElementAt(1));
        Assert.Equal(Train, await File.ReadAllBytesAsync(scratch["data", "published", "train.bin"], TestContext.Current.CancellationToken));
        Assert.Equal(["test.bin", "train.bin"], Directory.GetFiles(scratch["data", "published"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task StoppedByCtrlCItKeepsWhatItHas()
    {
        var stalling = new FileReply(Train) { Tag = "v1", SilentAfter = 1000 };
        await using var server = new FileServer(stalling);
        Publish(server);
        using var fetch = HarnessCommandLine.Start(Arguments("fetch", "published"));
        await stalling.Silent;
        await WrittenAsync(scratch["data", "published", "train.bin.part"], 1000, fetch);
        using var interrupt = Process.Start("/bin/sh", ["-c", $"kill -INT {fetch.Id}"]);
        await fetch.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(130, fetch.ExitCode);
        Assert.Equal(1000, new FileInfo(scratch["data", "published", "train.bin.part"]).Length);
    }

    [Fact]
    public async Task DataOfOnesOwnIsListedAndLeftToTheManifest()
    {
        var listed = await HarnessCommandLine.RunAsync("data", "list", "--data", scratch.Path);
        Assert.Equal((0, ""), (listed.ExitCode, listed.Error));
        Assert.Matches(@"image-folder\s+data of one's own", listed.Output);
        var verified = await HarnessCommandLine.RunAsync("data", "verify", "arrays", "--data", scratch.Path);
        Assert.Equal(2, verified.ExitCode);
        Assert.Contains("'validate MANIFEST' checks them", verified.Error);
    }

    [Fact]
    public async Task WhatIsWrongEndsWithExitCodeOneAndLeavesNoFileOfThatName()
    {
        await using var server = new FileServer(new FileReply(Records(40_000, light: 7)), new FileReply(Test));
        Publish(server);
        var fetched = await DataAsync("fetch", "published");
        Assert.Equal(1, fetched.ExitCode);
        Assert.Contains($"where {Md5(Train)} is published", fetched.Output);
        Assert.Equal(["test.bin"], Directory.GetFiles(scratch["data", "published"]).Select(Path.GetFileName));
        var verified = await DataAsync("verify");
        Assert.Equal(1, verified.ExitCode);
        Assert.Contains("published: wrong: train.bin is not there: get it with 'data fetch published'.", verified.Output);
    }

    [Fact]
    public async Task AFullDiskIsASentenceAndWhatWasReceivedIsKept()
    {
        // A limit on the size of files, in blocks of 512 bytes, is as near as a user who is not root comes to a full disk.
        await using var server = new FileServer(new FileReply(Train) { Tag = "v1" }, new FileReply(Test), new FileReply(Train) { Tag = "v1" });
        Publish(server);
        var info = new ProcessStartInfo("/bin/sh", ["-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh", HarnessCommandLine.Executable, .. Arguments("fetch", "published")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Executable memory is a file to the runtime unless told otherwise.
        info.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 1, output + await error);
        Assert.Matches(@"published/train\.bin: '.*train\.bin\.part' cannot be written: .*\. What was received is kept", output);
        Assert.DoesNotContain("   at ", output + await error);

        var fetched = await DataAsync("fetch", "published");
        Assert.Equal(0, fetched.ExitCode);
        Assert.Contains("Range: bytes=102400-", server.Requests.Last());
    }

    [Theory]
    [InlineData("fetch", "publishd", "There is no data set 'publishd'; did you mean 'published'?")]
    [InlineData("verify", "publishd", "There is no data set 'publishd'; did you mean 'published'?")]
    [InlineData("fetch", "published", "Published cannot be fetched; nothing was. Get it with 'data fetch published'.")]
    public async Task WhatCannotBeDoneIsSaidBeforeAnythingIsDone(string verb, string name, string sentence)
    {
        Plugins();
        var result = await DataAsync(verb, "glyphs", name);
        Assert.Equal((2, sentence + "\n", ""), (result.ExitCode, result.Error, result.Output));
        Assert.False(Directory.Exists(scratch["data"]));
    }

    [Fact]
    public async Task ASetThatNeedsNoFilesSaysSo()
    {
        Plugins();
        Assert.Equal(new CommandResult(0, "glyphs needs no files.\n", ""), await DataAsync("fetch", "glyphs"));
        Assert.Equal(new CommandResult(0, "glyphs needs no files.\n", ""), await DataAsync("verify", "glyphs"));
    }

    private static byte[] Records(int count, byte light = 200) => [.. Enumerable.Range(0, count).SelectMany(i => new byte[] { (byte)(i % 2), (byte)i, (byte)(i >> 8), light, 0 })];

    private static string Md5(byte[] content) => "md5:" + Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary>A plugins folder of the test's own: the card reads its files from there.</summary>
    private void Plugins()
    {
        Directory.CreateDirectory(scratch["plugins", "FaultyPlugins"]);
        foreach (var file in Directory.GetFiles(TinyManifest.FaultyPlugins)) File.Copy(file, scratch["plugins", "FaultyPlugins", Path.GetFileName(file)]);
    }

    private void Publish(FileServer server)
    {
        Plugins();
        DatasetFile[] files =
        [
            new("train.bin", Train.Length, Md5(Train), [server["train.bin"]]),
            new("test.bin", Test.Length, Md5(Test), [server["test.bin"]]),
        ];
        scratch.Write(JsonSerializer.Serialize(files), "plugins", "FaultyPlugins", "published.json");
    }

    private string[] Arguments(params string[] arguments) => ["data", .. arguments, "--data", scratch["data"], "--plugins", scratch["plugins"]];

    private Task<CommandResult> DataAsync(params string[] arguments) => HarnessCommandLine.RunAsync(Arguments(arguments));

    private static async Task WrittenAsync(string path, long bytes, Process writer)
    {
        while (!writer.HasExited && !(new FileInfo(path) is { Exists: true } file && file.Length >= bytes)) await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
