using Harness.Fetching;
using Testing;

namespace Harness.Tests.Fetching;

public sealed class DatasetStatusTests : IDisposable
{
    private static readonly InstalledDataset Set = PublishedSet.Of([new("train", 4, null, []), new("test", 2_000_000, null, []), new("names", null, null, [])], "Ask.");

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void WithoutADataFolderAllIsToBeFetched() => Assert.Equal((Presence.Absent, "2.00 MB and 1 file of unknown length"), Look(null));

    [Fact]
    public void WhatIsThereIsNotCounted()
    {
        scratch.Write("1234", "set", "train");
        Assert.Equal((Presence.Partly, "2.00 MB and 1 file of unknown length"), Look(scratch.Path));
        scratch.Write("any length", "set", "names");
        scratch.Write(new string('x', 500_000), "set", "test.part");
        Assert.Equal((Presence.Partly, "1.50 MB"), Look(scratch.Path));
        scratch.Write(new string('x', 2_000_000), "set", "test");
        Assert.Equal((Presence.Present, "-"), Look(scratch.Path));
        scratch.Write("12345", "set", "train");
        Assert.Equal((Presence.Partly, "-"), Look(scratch.Path));
    }

    [Fact]
    public void OtherFilesAreToldFromPartsOfPublishedOnes()
    {
        scratch.Write("half", "set", "test.part");
        scratch.Write("{}", "set", "test.part.json");
        Assert.Equal(Presence.Absent, Look(scratch.Path).Presence);
        scratch.Write("unpacked", "set", "train.bin");
        Assert.Equal(Presence.Others, Look(scratch.Path).Presence);
    }

    [Fact]
    public void ASetThatCannotBeFetchedHasOthersOrNothing()
    {
        var asked = PublishedSet.Of([], "Ask its authors.");
        Assert.Equal(Presence.Absent, DatasetStatus.Of(asked, scratch.Path).Presence);
        scratch.Write("", "set", "train");
        Assert.Equal(Presence.Others, DatasetStatus.Of(asked, scratch.Path).Presence);
        Assert.Equal(Presence.NoneNeeded, DatasetStatus.Of(PublishedSet.Of([]), null).Presence);
    }

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(999, "999 bytes")]
    [InlineData(1000, "1.00 kB")]
    [InlineData(9_912_422, "9.91 MB")]
    [InlineData(9_999_999, "10.0 MB")]
    [InlineData(99_960_000, "100 MB")]
    [InlineData(170_498_071, "170 MB")]
    [InlineData(999_600_000, "1.00 GB")]
    [InlineData(2_640_397_119, "2.64 GB")]
    [InlineData(5e15, "5000 TB")]
    public void BytesAreWrittenInThreeDigits(double bytes, string text) => Assert.Equal(text, ByteCount.Text(bytes));

    private static (Presence Presence, string ToFetch) Look(string? root) => DatasetStatus.Of(Set, root) is var status ? (status.Presence, status.ToFetch) : default;
}
