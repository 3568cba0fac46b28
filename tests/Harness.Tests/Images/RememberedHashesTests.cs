using Harness.Images;
using Testing;

namespace Harness.Tests.Images;

public sealed class RememberedHashesTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private int read;

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void AFileAtRestIsReadOnceAndAgainWhenItHasChanged()
    {
        var file = scratch.Write("content", "file");
        WaitUntilAtRest(file);
        var first = Hash(file);
        Assert.Equal((first, 1), (Hash(file), read));

        // Same length, and its time of modification set back: the system keeps another time.
        var modified = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, "CONTENT");
        File.SetLastWriteTimeUtc(file, modified);
        Assert.NotEqual(first, Hash(file));
        Assert.Equal(2, read);
    }

    [Fact]
    public void AFileThatJustChangedIsReadEveryTime()
    {
        var file = scratch.Write("content", "file");
        Hash(file);
        Hash(file);
        Assert.Equal(2, read);
    }

    [Fact]
    public void ASmallFileIsReadEveryTimeAndWhatCannotBeKeptIsReadAgain()
    {
        var file = scratch.Write("content", "file");
        WaitUntilAtRest(file);
        Hash(file, new(scratch["hashes"], smallest: 8));
        Assert.False(Directory.Exists(scratch["hashes"]));
        Hash(file, new("/proc/self/hashes", smallest: 1));
        Hash(file, new("/proc/self/hashes", smallest: 1));
        Assert.Equal(3, read);
    }

    [Fact]
    public void ADamagedMemoryIsNotBelieved()
    {
        var file = scratch.Write("content", "file");
        WaitUntilAtRest(file);
        var right = Hash(file);
        File.WriteAllText(Assert.Single(Directory.GetFiles(scratch["hashes"])), "{");
        Assert.Equal((right, 2), (Hash(file), read));
        Assert.Equal((right, 2), (Hash(file), read));
    }

    private static void WaitUntilAtRest(string file) => Assert.True(SpinWait.SpinUntil(() => DateTimeOffset.UtcNow - FileState.Of(file)!.Changed > TimeSpan.FromSeconds(2.1), TimeSpan.FromSeconds(30)));

    private string Hash(string file, RememberedHashes? hashes = null) => System.Text.Encoding.UTF8.GetString((hashes ?? new(scratch["hashes"], smallest: 1)).Of(file, () =>
    {
        read++;
        return File.ReadAllBytes(file);
    }));
}
