using System.Text;
using Harness.Results;
using Testing;

namespace Harness.Tests.Results;

public sealed class AtomicFileTests : IDisposable
{
    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void WritesIntoFoldersThatAreNotThereYet()
    {
        var path = scratch["a", "b", "file.txt"];
        AtomicFile.Write(path, Text("new"));
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Fact]
    public void ADiskWithoutRoomIsToldBeforeAnythingIsWritten()
    {
        Assert.ThrowsAny<IOException>(() => AtomicFile.Write(scratch["file"], _ => Assert.Fail("It was written to."), length: 1L << 60));
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void ReplacesAndLeavesNothingElse()
    {
        var path = scratch["file.txt"];
        AtomicFile.Write(path, Text("a long first content"));
        AtomicFile.Write(path, Text("short"));
        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void AFailedWriteKeepsTheOldFileAndNoTemporary()
    {
        var path = scratch["file.txt"];
        AtomicFile.Write(path, Text("old"));
        Assert.Throws<InvalidDataException>(() => AtomicFile.Write(path, stream =>
        {
            Text("half of the n")(stream);
            throw new InvalidDataException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void ANameThatIsAFolderLeavesNoTemporary()
    {
        Directory.CreateDirectory(scratch["taken"]);
        Assert.ThrowsAny<Exception>(() => AtomicFile.Write(scratch["taken"], Text("x")));
        Assert.Equal([scratch["taken"]], Directory.GetFileSystemEntries(scratch.Path));
    }

    [Fact]
    public void WritersAtOnceLeaveOneOfTheContentsWhole()
    {
        var path = scratch["file.txt"];
        var contents = Enumerable.Range(0, 16).Select(i => new string((char)('a' + i), 5000)).ToArray();
        Parallel.ForEach(contents, content => AtomicFile.Write(path, Text(content)));
        Assert.Contains(File.ReadAllText(path), contents);
        Assert.Equal([path], Directory.GetFileSystemEntries(scratch.Path));
    }

    private static Action<Stream> Text(string text) => stream => stream.Write(Encoding.UTF8.GetBytes(text));
}
