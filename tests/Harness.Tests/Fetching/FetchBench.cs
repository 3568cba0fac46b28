using System.Security.Cryptography;
using Harness.Fetching;
using Testing;

namespace Harness.Tests.Fetching;

/// <summary>What the tests of fetching share: a folder, a clock on which no time passes, and a fetch that uses both.</summary>
internal sealed class FetchBench : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly HttpClient client = FetchClient.Create();

    public FetchBench() => Clock = new(Policy.StallTimeout);

    public FetchPolicy Policy { get; init; } = new();

    public StoppedClock Clock { get; }

    public RecordedProgress Progress { get; init; } = new();

    public long FreeBytes { get; init; } = long.MaxValue;

    /// <summary>Where the file goes.</summary>
    public string Target => scratch["data", "set", "file.bin"];

    /// <summary>The data folder.</summary>
    public string Root => scratch["data"];

    public FreeSpace Space => new(_ => FreeBytes);

    public FileFetch Files => new(client, Clock, Policy, Space);

    /// <summary>Names of all that lies beside the target.</summary>
    public IEnumerable<string?> Names => Directory.GetFiles(Path.GetDirectoryName(Target)!).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    /// <summary>Bytes that differ from place to place.</summary>
    public static byte[] Content(int length, int seed = 1)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return content;
    }

    public static string Md5(byte[] content) => "md5:" + Convert.ToHexStringLower(MD5.HashData(content));

    public static string Sha256(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A file published with length and checksum.</summary>
    public static DatasetFile Published(byte[] content, params string[] addresses) => new("file.bin", content.Length, Md5(content), addresses);

    public Task FetchAsync(DatasetFile file) => Files.FetchAsync(file, Target, Progress, TestContext.Current.CancellationToken);

    /// <summary>Fetches, and asserts that the file is these bytes and nothing else is left.</summary>
    public async Task FetchesAsync(byte[] content, DatasetFile file)
    {
        await FetchAsync(file);
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(["file.bin"], Names);
    }

    /// <summary>Fetches in vain; the sentence.</summary>
    public async Task<string> FailsAsync(DatasetFile file)
    {
        var fault = await Assert.ThrowsAsync<FetchException>(() => FetchAsync(file));
        Assert.False(File.Exists(Target));
        return fault.Message;
    }

    public void Dispose()
    {
        client.Dispose();
        scratch.Dispose();
    }
}
