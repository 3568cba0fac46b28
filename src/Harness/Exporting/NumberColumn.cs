using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Harness.Exporting;

/// <summary>A column of the tidy long form, the one place that says its name, type and meaning, for every format and for schema.json.</summary>
internal abstract class NumberColumn(string name, string type, string meaning)
{
    /// <summary>The version of the columns: it rises when one is taken away, renamed or means something else; a new one at the end is no new version.</summary>
    public const int Schema = 1;

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<NumberColumn> All { get; } =
    [
        new TextColumn("run", "the manifest's name", r => r.Run),
        new TextColumn("cell", "the cell's name, its labels: ResNet18/mnist/0", r => r.Cell),
        new TextColumn("key", "the cell's content key: the same key is the same cell, in whatever run", r => r.Key),
        new TextColumn("architecture", "label of the architecture", r => r.Architecture),
        new TextColumn("dataset", "label of the data set", r => r.Dataset),
        new WholeColumn("seed", "seed of initial weights and order", r => r.Seed),
        new RealColumn("learning_rate", "the learning rate the cell started with", r => r.LearningRate),
        new TextColumn("outcome", "how the cell ended, as in result.json; null while it runs", r => r.Outcome),
        new WholeColumn("epoch", "the epoch at whose end it was measured, from 1", r => r.Epoch),
        new TextColumn("phase", "terminal from the first epoch of the terminal phase on, else before", r => r.Phase),
        new TextColumn("metric", "the metric plugin, or training: loss, error and learning rate of the steps themselves", r => r.Metric),
        new TextColumn("quantity", "the quantity within the metric, as harness list metrics has it", r => r.Quantity),
        new TextColumn("split", "train or test; null where it is of the weights alone", r => r.Split),
        new RealColumn("position", "of a curve the position, of a matrix the row from 0; null for a single number", r => r.Position),
        new RealColumn("matrix_column", "of a matrix the column from 0; null otherwise", r => r.Column),
        new RealColumn("value", "the number; NaN and infinities are kept", r => r.Value),
        new RealColumn("standard_error", "standard error over the sampled images, where known", r => r.StandardError),
        new TextColumn("unit", "unit of value; 1 where it has none", r => r.Unit),
        new TextColumn("direction", "how a change reads: lower-is-collapsed, higher-is-collapsed, lower-is-better, higher-is-better, higher-is-robust, none", r => r.Direction),
    ];

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Its type: string, int64 or float64.</summary>
    public string Type { get; } = type;

    /// <summary>What it holds.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>The Parquet field.</summary>
    public abstract DataField Field { get; }

    /// <summary>A row's value as text, the empty text for none.</summary>
    public abstract string Text(NumberRow row);

    /// <summary>Writes the column of one row group.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<NumberRow> rows);

    private sealed class TextColumn(string name, string meaning, Func<NumberRow, string?> value) : NumberColumn(name, "string", meaning)
    {
        public override DataField Field { get; } = new DataField<string>(name);

        public override string Text(NumberRow row) => value(row) ?? "";

        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<NumberRow> rows) => group.WriteAsync(Field, [.. rows.Select(r => value(r)!)]);
    }

    private sealed class WholeColumn(string name, string meaning, Func<NumberRow, long> value) : NumberColumn(name, "int64", meaning)
    {
        public override DataField Field { get; } = new DataField<long>(name);

        public override string Text(NumberRow row) => value(row).ToString(CultureInfo.InvariantCulture);

        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<NumberRow> rows) => group.WriteAsync<long>(Field, rows.Select(value).ToArray().AsMemory());
    }

    private sealed class RealColumn(string name, string meaning, Func<NumberRow, double?> value) : NumberColumn(name, "float64", meaning)
    {
        public override DataField Field { get; } = new DataField<double?>(name);

        public override string Text(NumberRow row) => value(row) switch
        {
            null => "",
            double.PositiveInfinity => "inf",
            double.NegativeInfinity => "-inf",
            { } v => v.ToString("R", CultureInfo.InvariantCulture),
        };

        public override Task WriteAsync(ParquetRowGroupWriter group, IReadOnlyList<NumberRow> rows) => group.WriteAsync<double>(Field, (ReadOnlyMemory<double?>)rows.Select(value).ToArray());
    }
}
