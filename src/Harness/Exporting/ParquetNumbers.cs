using System.Globalization;
using Harness.Results;
using Parquet;
using Parquet.Schema;

namespace Harness.Exporting;

/// <summary>numbers.parquet: a row group a cell, the schema's version in the file's metadata as "harness.schema".</summary>
internal static class ParquetNumbers
{
    /// <summary>The metadata that holds the schema's version.</summary>
    public const string SchemaName = "harness.schema";

    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="numbers">The rows.</param>
    public static void Write(string path, NumberRows numbers) => AtomicFile.Write(path, stream => WriteAsync(stream, numbers).GetAwaiter().GetResult());

    private static async Task WriteAsync(Stream stream, NumberRows numbers)
    {
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(NumberColumn.All.Select(c => c.Field)), stream);
        writer.CustomMetadata = new Dictionary<string, string> { [SchemaName] = NumberColumn.Schema.ToString(CultureInfo.InvariantCulture) };
        foreach (var (_, rows) in numbers.ByCell())
        {
            using var group = writer.CreateRowGroup();
            foreach (var column in NumberColumn.All) await column.WriteAsync(group, rows);
        }
    }
}
