using System.Text;
using Harness.Results;

namespace Harness.Exporting;

/// <summary>numbers.csv: comma-separated values as RFC 4180 has them, UTF-8 without a mark, lines ended by LF.</summary>
internal static class CsvNumbers
{
    private static readonly char[] ToBeQuoted = [',', '"', '\n', '\r'];

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="numbers">The rows.</param>
    public static void Write(string path, NumberRows numbers) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', NumberColumn.All.Select(c => c.Name)));
        foreach (var (_, rows) in numbers.ByCell())
            foreach (var row in rows) writer.WriteLine(string.Join(',', NumberColumn.All.Select(c => Quoted(c.Text(row)))));
    });

    private static string Quoted(string text) => text.IndexOfAny(ToBeQuoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
