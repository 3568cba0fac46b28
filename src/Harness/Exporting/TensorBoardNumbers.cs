using Harness.Results;

namespace Harness.Exporting;

/// <summary>tensorboard/CELL/events.out.tfevents...: a file a cell, a scalar a quantity and split. Curves and matrices have no place in it.</summary>
internal static class TensorBoardNumbers
{
    /// <summary>Writes them.</summary>
    /// <param name="folder">The folder that TensorBoard is to be shown.</param>
    /// <param name="numbers">The rows.</param>
    /// <param name="started">When the run was started, where known: what TensorBoard takes for the beginning of time.</param>
    public static void Write(string folder, NumberRows numbers, DateTimeOffset? started)
    {
        var start = (started ?? DateTimeOffset.UnixEpoch).ToUnixTimeMilliseconds() / 1000.0;
        foreach (var (cell, rows) in numbers.ByCell())
        {
            // Seconds of work, not of the clock on the wall: a cell that was stopped and continued has no gap.
            var at = start;
            var times = cell.Timings.ToDictionary(t => (long)t.Epoch, t => at += t.TrainSeconds + t.MeasureSeconds);
            AtomicFile.Write(Path.Combine([folder, .. FileNames.Of(cell.Spec.Name), "events.out.tfevents.0.harness"]), stream =>
            {
                var file = new EventFile(stream);
                file.Begin(start);
                foreach (var epoch in rows.Where(r => r.Position is null).GroupBy(r => r.Epoch))
                    file.Scalars(times.GetValueOrDefault(epoch.Key, at), epoch.Key, epoch.Select(r => (Tag(r), r.Value)));
            });
        }
    }

    private static string Tag(NumberRow row) => $"{row.Metric}/{row.Quantity}" + (row.Split is null ? "" : $"/{row.Split}");
}
