using System.Text;

namespace Harness.Running;

/// <summary>Lines of a stream that somebody else writes: however long one is, no more of it is kept than its beginning.</summary>
internal static class BoundedLines
{
    /// <summary>Reads to the end.</summary>
    /// <param name="reader">The stream.</param>
    /// <param name="longest">Characters kept of a line; the rest of it is read and dropped.</param>
    public static async IAsyncEnumerable<string> ReadAsync(TextReader reader, int longest)
    {
        var buffer = new char[4096];
        var line = new StringBuilder();
        var begun = false;
        while (await reader.ReadAsync(buffer) is var count and > 0)
        {
            for (var start = 0; start < count;)
            {
                var end = Array.IndexOf(buffer, '\n', start, count - start);
                var length = (end < 0 ? count : end) - start;
                line.Append(buffer, start, Math.Min(length, longest - line.Length));
                begun = true;
                start += length;
                if (end < 0) break;
                start++;
                yield return Take(line);
                begun = false;
            }
        }
        if (begun) yield return Take(line);
    }

    private static string Take(StringBuilder line)
    {
        var text = line.ToString().TrimEnd('\r');
        line.Clear();
        return text;
    }
}
