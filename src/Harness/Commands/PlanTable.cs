using System.Globalization;
using Harness.Manifests;
using Harness.Planning;
using Spectre.Console;

namespace Harness.Commands;

/// <summary>A plan's cost for people: a line a cell, the totals, what the manifest says of single cells, and what the numbers are.</summary>
public static class PlanTable
{
    /// <summary>Writes it to standard output, and what is wrong to standard error.</summary>
    /// <param name="plan">The cost.</param>
    public static void Write(PlanCost plan)
    {
        var table = new Table().Border(TableBorder.Simple).ShowFooters().AddColumns(
            "cell", "input", "parameters", "p", "learning rate", "epochs", "training images", "training FLOPs", "measuring FLOPs", "device memory", "time", "data");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var cell in plan.Cells)
        {
            table.AddRow([.. new[]
            {
                cell.Cell, cell.Input ?? "", $"{cell.Parameters:n0}", $"{cell.FeatureDimension}", Rate(cell), $"{cell.Epochs}", cell.TrainImages?.ToString("n0") ?? "unknown",
                Scientific(cell.TrainingFlops), Scientific(cell.MeasuringFlops), Gibibytes(cell.DeviceBytes), Time(cell.Seconds), cell.DataFault is null ? "there" : "missing",
            }.Select(Markup.Escape)]);
        }
        foreach (var (column, total) in new[] { (0, $"{plan.Cells.Count} cells"), (7, Scientific(plan.TrainingFlops)), (8, Scientific(plan.MeasuringFlops)), (10, Time(plan.Seconds)) })
            table.Columns[column].Footer(total);
        var console = Terminal.Wide();
        console.Write(table);

        foreach (var note in plan.Cells.SelectMany(c => c.Notes.Select(n => (Note: n, c.Cell))).GroupBy(n => n.Note, n => n.Cell))
            console.WriteLine($"{CellNames.Short([.. note])}: {note.Key}");
        if (plan.Cells.Where(c => c.Sweep is not null).ToList() is { Count: > 0 } swept)
        {
            var sweeps = swept.Select(c => c.Sweep).Distinct().Count();
            console.WriteLine($"{swept.Count} of {plan.Cells.Count} cells are learning rates of {sweeps} {(sweeps == 1 ? "sweep" : "sweeps")}, each trained and measured to its end; "
                + "the report chooses a rate by last-epoch test error, as the paper does.");
        }
        foreach (var line in Meaning(plan)) console.WriteLine(line);

        foreach (var fault in plan.Cells.Where(c => c.NetworkFault is not null).GroupBy(c => c.NetworkFault!, c => c.Cell)) Console.Error.WriteLine($"{CellNames.Short([.. fault])}: {fault.Key}");
        foreach (var fault in plan.Cells.Where(c => c.OutOfDistributionFault is not null).GroupBy(c => c.OutOfDistributionFault!, c => c.Cell))
            Console.Error.WriteLine($"{CellNames.Short([.. fault])}: the set out of distribution: {fault.Key}");
        foreach (var fault in plan.Cells.Where(c => c.DataFault is not null).GroupBy(c => c.DataFault!, c => c.Cell)) Console.Error.WriteLine($"{CellNames.Short([.. fault])}: {fault.Key}");
    }

    private static IEnumerable<string> Meaning(PlanCost plan)
    {
        yield return "FLOPs: a multiply and an add of convolutions and linear layers are two; training is three forward passes. Measuring is a forward pass of all images at each measured epoch, attacks and images out of distribution not counted.";
        yield return "Device memory: weights, gradients, momentum, what a batch leaves for the backward pass, and all images; workspaces come on top.";
        if (plan.Cells.Any(c => c.SecondsFrom == SpeedSource.Measured)) yield return $"Time: as like cells took in {plan.SpeedRun}.";
        if (plan.Cells.Any(c => c.SecondsFrom == SpeedSource.Assumed))
            yield return $"Time{(plan.SpeedRun is null ? "" : " of the other cells")}: an assumption and no measurement, {Scientific(plan.AssumedFlops)} FLOPs a second sustained, one cell after another.";
        if (plan.Cells.Any(c => c.Seconds is null)) yield return "No time is given where no speed is known: name a run folder with --speed, or assume a speed with --flops.";
    }

    private static string Rate(CellCost cell) => cell.Sweep is not null
        ? $"{SweepRates.Label(cell.LearningRate)} swept"
        : cell.LearningRate.ToString(CultureInfo.InvariantCulture) + (cell.LearningRateSource is { } source ? $" {source.ToString().ToLowerInvariant()}" : "");

    private static string Scientific(double? value) => value?.ToString("0.0e0", CultureInfo.InvariantCulture) ?? "";

    private static string Gibibytes(long? bytes) => bytes is null ? "" : (bytes.Value / (double)(1L << 30)).ToString("0.00 GiB", CultureInfo.InvariantCulture);

    private static string Time(double? seconds) => seconds switch
    {
        null => "",
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
