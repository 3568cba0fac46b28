using System.Globalization;
using Harness.Fetching;
using Harness.Manifests;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Harness.Watching;

/// <summary>A run's cells as a table that fits its terminal: columns give way on a narrow one, rows on a low one.</summary>
public static class StatusTable
{
    private const int Gap = 2;
    private const int ShortName = 14;

    /// <summary>Lines taken by the heads of the table and by the line the cursor stands on.</summary>
    private const int OwnLines = 2;

    private static readonly Column[] All =
    [
        new("", 0, (c, _) => Mark(c), Left: true),
        new("cell", 0, (c, _) => c.Name, Left: true),
        new("state", 4, (c, _) => State(c), Left: true),
        new("epoch", 0, (c, _) => string.Create(CultureInfo.InvariantCulture, $"{c.Epoch}/{c.Epochs}")),
        new("loss", 5, (c, _) => Number(c.Loss)),
        new("error", 3, (c, _) => c.TrainingError is { } error ? (100 * error).ToString("0.0#", CultureInfo.InvariantCulture) + " %" : ""),
        new("", 1, (c, _) => Number(c.Headline)),
        new("images/s", 6, (c, _) => c.ImagesPerSecond?.ToString("n0", CultureInfo.InvariantCulture) ?? ""),
        new("left", 2, (c, _) => c is { State: CellState.Running, SecondsLeft: { } seconds } ? Duration.Text(TimeSpan.FromSeconds(seconds)) : ""),
        new("memory", 7, (c, _) => c.MemoryBytes is { } bytes ? ByteCount.Text(bytes) : ""),
    ];

    /// <summary>The table, with a line above it that says how the whole stands.</summary>
    /// <param name="run">The run.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Lines of the terminal, or null where all cells are to be shown.</param>
    public static IRenderable Render(RunStatus run, int width, int? height)
    {
        var summary = Summary(run);
        var ordered = height is null ? run.Cells : [.. run.Cells.Where(c => c.State != CellState.Done).OrderBy(c => c.State), .. run.Cells.Where(c => c.State == CellState.Done).Reverse()];
        var room = height is { } lines ? Math.Max(1, lines - OwnLines - Lines(summary, width)) : int.MaxValue;
        if (ordered.Count > room) room = Math.Max(1, room - 1);
        var shown = ordered.Take(room).ToList();

        List<IRenderable> parts = [new Text(summary)];
        if (shown.Count > 0) parts.Add(Table(run, shown, width));
        if (shown.Count < ordered.Count) parts.Add(new Text($"and {Counts(ordered.Skip(room))}".Shortened(width), Color.Grey));
        return new Rows(parts);
    }

    /// <summary>How the whole stands: "night: 3 done, 1 failed, 2 running, 15 waiting; about 3 h 20 min left".</summary>
    /// <param name="run">The run.</param>
    public static string Summary(RunStatus run) =>
        $"{run.Name}: {Counts(run.Cells)}" + (run.SecondsLeft is { } seconds ? $"; about {Duration.Text(TimeSpan.FromSeconds(seconds))} left" : "");

    /// <summary>How a cell stands, in a word or two: "done", "out of memory", "running".</summary>
    /// <param name="cell">The cell.</param>
    public static string State(CellStatus cell) => cell.State == CellState.Failed ? Words(cell.Outcome.ToString()!) : cell.ReusedFrom is null ? Words(cell.State.ToString()) : "reused";

    private static string Counts(IEnumerable<CellStatus> cells)
    {
        var states = cells.GroupBy(c => c.State).ToDictionary(g => g.Key, g => g.Count());
        var counts = new[] { CellState.Done, CellState.Failed, CellState.Running, CellState.Waiting }.Where(states.ContainsKey).Select(s => $"{states[s]} {Words(s.ToString())}");
        return states.Count == 0 ? "no cells" : string.Join(", ", counts);
    }

    private static Table Table(RunStatus run, IReadOnlyList<CellStatus> cells, int width)
    {
        var columns = All.Select(column => column with { Header = column.Give == 1 ? run.Headline?.Header ?? "" : column.Header })
            .Select(column => (Column: column, Cells: cells.Select(cell => column.Text(cell, run)).ToList()))
            .Where(c => c.Column.Give == 0 || c.Cells.Any(text => text.Length > 0))
            .ToList();
        int Width((Column Column, List<string> Cells) c) => Math.Max(c.Column.Header.Length, c.Cells.Max(text => text.Length));
        int Others() => columns.Where(c => c.Column.Header != "cell").Sum(c => Width(c) + Gap);
        // The names are cut before a column goes, the columns go in their order.
        while (Others() + ShortName > width && columns.Where(c => c.Column.Give > 0).OrderByDescending(c => c.Column.Give).Select(c => c.Column).FirstOrDefault() is { } least)
            columns.RemoveAll(c => c.Column == least);
        var nameWidth = Math.Max(1, width - Others());

        var table = new Table().Border(TableBorder.None).Collapse();
        foreach (var (column, place) in columns.Select((c, place) => (c.Column, place)))
        {
            var made = new TableColumn(new Text(column.Header, Color.Grey)).NoWrap().PadLeft(0).PadRight(place == columns.Count - 1 ? 0 : Gap);
            table.AddColumn(column.Left ? made : made.RightAligned());
        }
        for (var row = 0; row < cells.Count; row++)
            table.AddRow(columns.Select(c => new Text(c.Column.Header == "cell" ? c.Cells[row].Shortened(nameWidth) : c.Cells[row], Style(c.Column, cells[row])).Overflow(Overflow.Crop)));
        return table;
    }

    private static Style Style(Column column, CellStatus cell) => column.Header is not ("" or "state") || column.Give == 1 ? Spectre.Console.Style.Plain : cell.State switch
    {
        CellState.Done => Color.Green,
        CellState.Failed => Color.Red,
        CellState.Running => Color.Blue,
        _ => Color.Grey,
    };

    private static string Mark(CellStatus cell) => cell.State switch { CellState.Done => "+", CellState.Failed => "!", CellState.Running => ">", _ => "." };

    private static string Number(double? value) => value?.ToString("g3", CultureInfo.InvariantCulture) ?? "";

    private static string Words(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    /// <summary>Lines that a text takes, broken between words.</summary>
    private static int Lines(string text, int width)
    {
        var (lines, used) = (1, 0);
        foreach (var word in text.Split(' '))
        {
            if (used > 0 && used + 1 + word.Length > width) (lines, used) = (lines + 1, word.Length);
            else used += word.Length + (used > 0 ? 1 : 0);
        }
        return lines;
    }

    private static string Shortened(this string text, int width) => text.Length <= width ? text : text[..Math.Max(0, width - 1)] + "…";

    /// <param name="Header">Above it.</param>
    /// <param name="Give">In which order it gives way on a narrow terminal, the highest first; 0 stays.</param>
    /// <param name="Text">What it shows of a cell.</param>
    /// <param name="Left">Whether it is aligned left.</param>
    private sealed record Column(string Header, int Give, Func<CellStatus, RunStatus, string> Text, bool Left = false);
}
