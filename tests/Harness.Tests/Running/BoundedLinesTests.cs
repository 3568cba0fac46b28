using CsCheck;
using Harness.Running;

namespace Harness.Tests.Running;

public class BoundedLinesTests
{
    [Fact]
    public Task LinesAreThoseOfTheTextCutToLength() =>
        Gen.Select(Gen.Char["ab\n"].Array[0, 12_000], Gen.Int[1, 5000]).SampleAsync(async (text, longest) =>
        {
            var lines = await Read(new StringReader(new(text)), longest);
            var whole = new string(text);
            var expected = whole.Split('\n').Select(line => line.Length <= longest ? line : line[..longest]).ToList();
            if (expected[^1].Length == 0) expected.RemoveAt(expected.Count - 1);
            Assert.Equal(expected, lines);
        }, iter: 50);

    [Fact]
    public async Task ALineWithoutEndIsNotKept()
    {
        var line = Assert.Single(await Read(new Endless(characters: 200_000_000), longest: 100));
        Assert.Equal(100, line.Length);
    }

    private static async Task<List<string>> Read(TextReader reader, int longest)
    {
        var lines = new List<string>();
        await foreach (var line in BoundedLines.ReadAsync(reader, longest)) lines.Add(line);
        return lines;
    }

    private sealed class Endless(long characters) : TextReader
    {
        private long left = characters;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            buffer.Span[..count].Fill('x');
            left -= count;
            return new(count);
        }
    }
}
