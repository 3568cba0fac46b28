using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Reporting.Cells;

/// <summary>
/// What the page's script makes a cell's own page from, beside the scalars it has already: one packed island for each cell, which is unpacked when the cell is opened, so that many
/// cells cost the page's opening nothing. Cells of learning rates that are not chosen have none.
/// </summary>
internal static class CellData
{
    private const int Digits = 4;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the islands of a run: what is measured, and each cell.</summary>
    /// <param name="run">The run.</param>
    /// <param name="read">Reads a cell anew, since a run's measurements do not all fit into memory at once; called from several threads.</param>
    /// <param name="page">The page.</param>
    public static void Write(RunView run, Func<CellView, CellRecord> read, Stream page)
    {
        Island("quantities", Packed(run.Plan.Quantities.Select(Quantity)), page);
        var room = CellRoom.Of(run);
        foreach (var (place, packed) in run.Matrix.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Where(c => c.LastEpoch is not null || c.Trained is not null).Select(c => (c.Place, Packed(Cell(c, read(c), room, room.Shows(run, c))))))
            Island($"cell-data-{place}", packed, page);
    }

    private static object Quantity(QuantityRecord q) => new
    {
        id = $"{q.Metric}/{q.Quantity.Name}",
        q.Metric,
        q.Quantity.Title,
        q.Quantity.Formula,
        q.Quantity.Source,
        unit = q.Quantity.Unit == "1" ? null : q.Quantity.Unit,
        log = q.Quantity.Scale == AxisScale.Log ? true : (bool?)null,
        figure = q.Quantity.Figure?.Title,
        series = q.Quantity.Series.Length == 0 ? null : q.Quantity.Series,
        q.Quantity.Positions,
    };

    private static object Cell(CellView cell, CellRecord record, CellRoom room, bool pictures) => new
    {
        training = record.Epochs.Count == 0 ? null : new
        {
            epochs = record.Epochs.Select(e => e.Epoch),
            loss = record.Epochs.Select(e => ShownNumber.Of(e.Loss, Digits)),
            error = record.Epochs.Select(e => ShownNumber.Of(e.Error, Digits)),
            rate = record.Epochs.Select(e => ShownNumber.Of(e.LearningRate, Digits)),
        },
        curves = CellCurves.Of(record.Measurements, cell.TerminalPhaseEpoch, room.CurveValues),
        matrices = record.Measurements.Where(m => m.Matrix is not null).Select(m => new
        {
            quantity = m.Id,
            m.Split,
            m.Epoch,
            m.Matrix!.Rows,
            m.Matrix.Columns,
            values = m.Matrix.Values.Select(row => row.Select(v => ShownNumber.Of(v, 6))),
        }),
        pictures = pictures ? CellPictures.Of(record.Measurements, room.Pictures) : null,
        elsewhere = !pictures && record.Measurements.Any(m => m.Pictures is not null) ? true : (bool?)null,
        classes = cell.Result?.Facts?.ClassNames is { Count: > 0 } names ? names : null,
        timings = record.Timings.Count == 0 ? null : new
        {
            epochs = record.Timings.Select(t => t.Epoch),
            train = record.Timings.Select(t => ShownNumber.Of(t.TrainSeconds, 3)),
            measure = record.Timings.Select(t => ShownNumber.Of(t.MeasureSeconds, 3)),
        },
    };

    private static byte[] Packed(object content) => Compressed.Of(packed => JsonSerializer.Serialize(packed, content, Options));

    private static void Island(string id, byte[] packed, Stream page)
    {
        page.Write(System.Text.Encoding.UTF8.GetBytes(Html.Of($"""<script type="text/plain" id="{id}">""").ToString()));
        page.Write(packed);
        page.Write("</script>\n"u8);
    }
}
