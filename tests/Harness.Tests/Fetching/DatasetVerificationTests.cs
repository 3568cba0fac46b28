using Harness.Fetching;
using Testing;

namespace Harness.Tests.Fetching;

public sealed class DatasetVerificationTests : IDisposable
{
    private static readonly DatasetFile Archive = new("archive", 3, FetchBench.Md5("abc"u8.ToArray()), []);

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task AWholeSetIsSound()
    {
        WriteSplits();
        scratch.Write("abc", "set", "archive");
        Assert.Equal([(true, "archive is as published."), (true, "4 training images of 1x1x1 open."), (true, "4 test images of 1x1x1 open.")], await VerifyAsync());
    }

    [Fact]
    public async Task UnpackedFilesServeWithoutTheArchive()
    {
        WriteSplits();
        Assert.Equal((true, "archive is not there and not needed: the plugin reads what is."), (await VerifyAsync())[^1]);
    }

    [Fact]
    public async Task EverythingThatIsWrongIsTold()
    {
        scratch.Write("abd", "set", "archive");
        scratch.Write("12345", "set", "train");
        var findings = await VerifyAsync();
        Assert.All(findings, finding => Assert.False(finding.IsSound));
        Assert.Contains("has checksum md5:4911e516e5aa21d327512e0c8b197616 where md5:900150983cd24fb0d6963f7d28e17f72 is published", findings[0].Sentence);
        Assert.Equal("5 training images are there where 4 are published.", findings[1].Sentence);
        Assert.Contains($"'{scratch["set", "test"]}' is not there.", findings[2].Sentence);
    }

    [Fact]
    public async Task AnAbsentSetSaysHowToGetIt()
    {
        var findings = await VerifyAsync();
        Assert.Equal((false, "archive is not there: get it with 'data fetch set'."), findings[^1]);
        Assert.Contains("does not exist", findings[0].Sentence);
    }

    [Fact]
    public async Task APluginThatThrowsIsNamedForIt()
    {
        scratch.Write("", "set", "train");
        Assert.Contains((false, "The training images do not open: the plugin threw InvalidOperationException: no pixels at all"), await VerifyAsync());
    }

    private void WriteSplits()
    {
        scratch.Write("1234", "set", "train");
        scratch.Write("5678", "set", "test");
    }

    private async Task<List<(bool IsSound, string Sentence)>> VerifyAsync()
    {
        var findings = new List<(bool, string)>();
        await foreach (var finding in DatasetVerification.VerifyAsync(PublishedSet.Of([Archive]), new(scratch.Path), TestContext.Current.CancellationToken))
            findings.Add((finding.IsSound, finding.Sentence));
        return findings;
    }
}
