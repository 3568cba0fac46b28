using System.Globalization;
using System.Text.Json;
using Harness.Measuring.Elsewhere;
using Harness.Reporting.Numbers;
using Harness.Results;
using Spectre.Console;

namespace Harness.Commands;

/// <summary>The numbers of a file of features, for people and for programs.</summary>
internal static class MeasuredNumbers
{
    /// <summary>As one JSON object: what the file holds, a measurement a number or curve with its declaration, and what was not measured.</summary>
    /// <param name="file">The file, as it was named.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="cards">The metrics' cards by name.</param>
    public static string Json(string file, FileMeasurement measured, IReadOnlyDictionary<string, MetricCard> cards) => JsonSerializer.Serialize(
        new
        {
            File = file,
            measured.Classes,
            measured.FeatureDimension,
            measured.TrainCount,
            measured.TestCount,
            Measurements = measured.Measurements.Select(m => (Measured: m, Quantity: Declared(m, cards))).Select(m => new
            {
                m.Measured.Metric,
                m.Measured.Quantity,
                m.Measured.Split,
                m.Measured.Value,
                m.Measured.StandardError,
                m.Measured.X,
                m.Measured.Y,
                m.Measured.Matrix,
                m.Quantity.Title,
                m.Quantity.Unit,
                m.Quantity.Direction,
                m.Quantity.Formula,
                m.Quantity.Source,
            }),
            measured.NotMeasured,
        },
        Results.Json.Page);

    /// <summary>As a table.</summary>
    /// <param name="file">The file, as it was named.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="cards">The metrics' cards by name.</param>
    /// <param name="console">Where to.</param>
    public static void Print(string file, FileMeasurement measured, IReadOnlyDictionary<string, MetricCard> cards, IAnsiConsole console)
    {
        var test = measured.TestCount is { } count ? $"{Number.Count(count)} test images" : "no test images";
        console.WriteLine($"{file}: {Number.Count(measured.Classes)} classes, p = {Number.Count(measured.FeatureDimension)}, {Number.Count(measured.TrainCount)} training images, {test}");
        foreach (var metric in measured.Measurements.GroupBy(m => m.Metric))
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns(metric.Key, "what", "training", "test", "weights", "unit", "reads");
            foreach (var quantity in metric.GroupBy(m => m.Quantity))
            {
                var declared = Declared(quantity.First(), cards);
                string[] values = [.. new Split?[] { Split.Train, Split.Test, null }.Select(split => quantity.FirstOrDefault(m => m.Split == split)).Select(m => m is null ? "" : Value(m))];
                table.AddRow(new[] { quantity.Key, declared.Title, values[0], values[1], values[2], declared.Unit, DirectionWords.Of(declared.Direction) }.Select(Markup.Escape).ToArray());
            }
            console.Write(table);
        }
        foreach (var not in measured.NotMeasured) console.WriteLine($"{not.Metric} is not measured: {not.Reason}.");
    }

    private static Quantity Declared(Measurement measurement, IReadOnlyDictionary<string, MetricCard> cards) =>
        cards[measurement.Metric].Quantities.First(q => q.Name == measurement.Quantity);

    private static string Value(Measurement measurement) => measurement switch
    {
        { Value: { } value, StandardError: { } error } => $"{Digits(value)} ± {error.ToString("G2", CultureInfo.InvariantCulture)}",
        { Value: { } value } => Digits(value),
        { Matrix: not null } => "a matrix, in --json",
        { Y: { } curve } => $"a curve of {curve.Count} points, in --json",
        _ => "",
    };

    private static string Digits(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
