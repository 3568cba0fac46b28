using System.Text.Json;

namespace Harness.Results;

/// <summary>
/// A file of one JSON object a line, appended to by one process and read by any. A line counts once its line end is written: what follows the last
/// line end was torn by a crash, or is being written just now, and is passed over.
/// </summary>
internal static class JsonLines
{
    private const byte End = (byte)'\n';

    private const long Block = 1 << 16;

    /// <summary>Adds lines: one write, flushed to the disk. A torn last line is cut off first, so that it never swallows the next one.</summary>
    public static void Append<T>(string path, IEnumerable<T> values)
    {
        using var lines = new MemoryStream();
        foreach (var value in values)
        {
            JsonSerializer.Serialize(lines, value, Json.Line);
            lines.WriteByte(End);
        }

        if (lines.Length == 0) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.SetLength(EndOfWholeLines(file));
        file.Seek(0, SeekOrigin.End);
        file.Write(lines.GetBuffer(), 0, (int)lines.Length);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every whole line; none where there is no file.</summary>
    /// <exception cref="RunFolderException">A whole line is damaged.</exception>
    public static IReadOnlyList<T> Read<T>(string path) => [.. Parse<T>(path, Content(path)).Select(line => line.Value)];

    /// <summary>Every whole line from the last to the first, read a block at a time; none where there is no file.</summary>
    /// <exception cref="RunFolderException">A whole line is damaged.</exception>
    public static IEnumerable<T> ReadBackwards<T>(string path)
    {
        using var file = OpenIfThere(path);
        if (file is null) yield break;
        var until = EndOfWholeLines(file);
        for (var size = Block; until > 0;)
        {
            var start = Math.Max(0, until - size);
            var block = new byte[until - start];
            file.Seek(start, SeekOrigin.Begin);
            file.ReadExactly(block);
            var end = block.Length;
            while (end > 0 && block.AsSpan(0, end - 1).LastIndexOf(End) is var before && (before >= 0 || start == 0))
            {
                yield return Line<T>(path, block.AsSpan(before + 1, end - before - 2), "a line near its end");
                end = before + 1;
            }

            until = start + end;
            if (end == block.Length) size *= 4; // a line longer than the block
        }
    }

    /// <summary>Keeps the leading lines that pass, byte for byte, and drops the rest and a torn last line. The file is rewritten only where something goes.</summary>
    /// <exception cref="RunFolderException">A line among those to be kept is damaged.</exception>
    public static void KeepWhile<T>(string path, Func<T, bool> keep)
    {
        var content = Content(path);
        var length = Parse<T>(path, content).TakeWhile(line => keep(line.Value)).Select(line => line.End).LastOrDefault();
        if (length < content.Length) AtomicFile.Write(path, stream => stream.Write(content, 0, length));
    }

    private static IEnumerable<(T Value, int End)> Parse<T>(string path, byte[] content)
    {
        for (int start = 0, number = 1; Array.IndexOf(content, End, start) is var end and >= 0; start = end + 1, number++)
        {
            yield return (Line<T>(path, content.AsSpan(start, end - start), $"line {number}"), end + 1);
        }
    }

    private static T Line<T>(string path, ReadOnlySpan<byte> line, string which)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json.Line) ?? throw new JsonException("it holds null");
        }
        catch (JsonException e)
        {
            throw new RunFolderException(
                $"{path}, {which} is damaged ({JsonFile.OneLine(e.Message)}): delete the folder {Path.GetDirectoryName(path)} and run the manifest again.", e);
        }
    }

    private static byte[] Content(string path)
    {
        using var file = OpenIfThere(path);
        if (file is null) return [];
        var content = new byte[file.Length]; // what is appended after this is for the next reading
        file.ReadExactly(content);
        return content;
    }

    private static FileStream? OpenIfThere(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static long EndOfWholeLines(FileStream file)
    {
        for (var length = file.Length; length > 0; length--)
        {
            file.Seek(length - 1, SeekOrigin.Begin);
            if (file.ReadByte() == End) return length;
        }

        return 0;
    }
}
