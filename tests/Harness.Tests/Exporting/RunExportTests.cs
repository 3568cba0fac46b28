using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Exporting;
using Parquet;
using Parquet.Schema;

namespace Harness.Tests.Exporting;

public sealed class RunExportTests : IDisposable
{
    private readonly ExportedRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void EveryNumberIsARow()
    {
        Export().Csv();
        var rows = Rows();
        var first = run.Record.Cells[0];
        var scalars = first.Measurements.Count(m => m.Value is not null);
        // Three numbers an epoch of training.jsonl, the curve's three, the matrix's four.
        Assert.Equal(scalars + (3 * first.Epochs.Count) + 3 + 4, rows.Count(r => r["key"] == first.Key));
        Assert.Equal(run.Record.Cells.Select(c => c.Key), rows.Select(r => r["key"]).Distinct());

        var radius = Assert.Single(rows, r => r["key"] == first.Key && r["quantity"] == "deepfool.relative-radius" && r["epoch"] == "6");
        Assert.Equal(("0.125", "0.0625", "1", "higher-is-robust", "test", "terminal", ""), (radius["value"], radius["standard_error"], radius["unit"], radius["direction"], radius["split"], radius["phase"], radius["position"]));
        Assert.Equal(("synthetic", "VGG \"11\", wide/mnist/0", "VGG \"11\", wide", "mnist", "0", "done"), (radius["run"], radius["cell"], radius["architecture"], radius["dataset"], radius["seed"], radius["outcome"]));
        Assert.Equal(double.Parse(radius["learning_rate"], CultureInfo.InvariantCulture), first.Spec.Training.LearningRate);
        Assert.All(rows.Where(r => r["key"] == first.Key), r => Assert.Equal(int.Parse(r["epoch"], CultureInfo.InvariantCulture) >= 3 ? "terminal" : "before", r["phase"]));
        Assert.All(rows.Where(r => r["key"] == run.Record.Cells[1].Key), r => Assert.Equal(("diverged", "before"), (r["outcome"], r["phase"])));
        Assert.Equal("nats", Assert.Single(rows, r => r["key"] == first.Key && r["metric"] == "training" && r["quantity"] == "loss" && r["epoch"] == "2")["unit"]);
    }

    [Fact]
    public void CurvesAndMatricesHavePlaces()
    {
        Export().Csv();
        var rows = Rows();
        Assert.Equal([("0", "-1"), ("0.5", "0"), ("1", "inf")], rows.Where(r => r["quantity"] == "normalised").Select(r => (r["position"], r["value"])));
        Assert.Equal([("0", "0", "3"), ("0", "1", "1"), ("1", "0", "0"), ("1", "1", "4")], rows.Where(r => r["quantity"] == "confusion").Select(r => (r["position"], r["matrix_column"], r["value"])));
        Assert.Equal("NaN", Assert.Single(rows, r => r["quantity"] == "margin.min")["value"]);
        Assert.DoesNotContain(rows, r => r["metric"] == "spectrum");
    }

    [Fact]
    public async Task ParquetHoldsWhatCsvHolds()
    {
        var export = Export();
        export.Csv();
        export.Parquet();
        var rows = Rows();
        await using var reader = await ParquetReader.CreateAsync(run["numbers.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("1", reader.CustomMetadata["harness.schema"]);
        Assert.Equal(Header(), reader.Schema.DataFields.Select(f => f.Name));
        var at = 0;
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            var count = (int)group.RowCount;
            foreach (var field in reader.Schema.DataFields)
            {
                var read = await Column(group, field, count);
                Assert.Equal(rows.Skip(at).Take(count).Select(r => r[field.Name]), read);
            }
            at += count;
        }
        Assert.Equal(rows.Count, at);
    }

    [Fact]
    public void TheSchemaSaysWhatTheColumnsAre()
    {
        Export().Csv();
        var schema = JsonNode.Parse(File.ReadAllText(run["schema.json"]))!;
        Assert.Equal(1, (int)schema["schema"]!);
        Assert.Equal(Header(), schema["columns"]!.AsArray().Select(c => (string)c!["name"]!));
        var page = File.ReadAllText(Path.Combine(Testing.DotnetCommand.RepositoryRoot, "docs", "export.md"));
        foreach (var column in NumberColumn.All) Assert.Contains($"| `{column.Name}` | {column.Type} | {column.Meaning} |", page);
    }

    [Fact]
    public void TheSameRunGivesTheSameBytes()
    {
        var export = Export();
        export.Csv();
        var (first, path) = (File.ReadAllBytes(run["numbers.csv"]), run["numbers.csv"]);
        Export().Csv();
        Assert.Equal(first, File.ReadAllBytes(path));
    }

    private RunExport Export() => new(run.Folder, run.Out);

    private string[] Header() => File.ReadLines(run["numbers.csv"]).First().Split(',');

    private List<Dictionary<string, string>> Rows() => [.. File.ReadLines(run["numbers.csv"]).Skip(1).Select(line => Header().Zip(Fields(line)).ToDictionary(p => p.First, p => p.Second))];

    /// <summary>A line of RFC 4180, by its grammar.</summary>
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        for (var at = 0; at <= line.Length; at++)
        {
            var field = "";
            if (at < line.Length && line[at] == '"')
            {
                for (at++; line[at] != '"' || (at + 1 < line.Length && line[at + 1] == '"'); at++)
                {
                    if (line[at] == '"') at++;
                    field += line[at];
                }
                at++;
            }
            else
            {
                for (; at < line.Length && line[at] != ','; at++) field += line[at];
            }
            fields.Add(field);
        }
        return fields;
    }

    private static async Task<IEnumerable<string>> Column(ParquetRowGroupReader group, DataField field, int count)
    {
        var type = NumberColumn.All.Single(c => c.Name == field.Name).Type;
        if (type == "string")
        {
            var texts = new string?[count];
            await group.ReadAsync(field, texts.AsMemory());
            return texts.Select(t => t ?? "");
        }
        if (type == "int64")
        {
            var wholes = new long[count];
            await group.ReadAsync<long>(field, wholes.AsMemory());
            return wholes.Select(w => w.ToString(CultureInfo.InvariantCulture));
        }
        var reals = new double?[count];
        await group.ReadAsync<double>(field, reals.AsMemory());
        return reals.Select(r => r switch { null => "", double.PositiveInfinity => "inf", { } v => v.ToString("R", CultureInfo.InvariantCulture) });
    }
}
