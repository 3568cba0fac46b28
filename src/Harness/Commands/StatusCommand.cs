using System.CommandLine;
using System.Text.Json;
using Harness.Results;
using Harness.Running;
using Harness.Watching;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>status RUN</c>: how a run stands, from another shell while it runs or after the fact. Reads its folder and nothing else.</summary>
public static class StatusCommand
{
    private static readonly Argument<string> Run = new Argument<string>("run") { Description = "The run folder." }.NotEmpty();

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints one JSON object and nothing else." };

    private static readonly Option<string?> Why = new("--why")
    {
        Description = "A cell, by its name or its key: says why it is run, or is not run again.",
        HelpName = "CELL",
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("status", "Prints how every cell of a run stands, while it runs or after.") { Run, AsJson, Why };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Print(arguments))));
        return command;
    }

    private static int Print(ParseResult arguments)
    {
        var folder = new RunFolder(arguments.GetValue(Run)!);
        if (arguments.GetValue(Why) is { } cell) return Explain(folder, cell);
        var status = RunStatus.Of(folder);
        if (arguments.GetValue(AsJson))
        {
            Console.WriteLine(JsonSerializer.Serialize(status, Json.Page));
            return ExitCode.Done;
        }

        var console = Terminal.Wide();
        console.Write(StatusTable.Render(status, console.Profile.Width, height: null));
        foreach (var failed in status.Cells.Where(c => c.State == CellState.Failed)) console.WriteLine($"{failed.Name}: {StatusTable.State(failed)} after epoch {failed.Epoch}. {failed.Message}");
        if (status.Stale.Count > 0)
            console.WriteLine($"{status.Stale.Count} earlier cells are in no plan any more and are kept: {CellNames.Short([.. status.Stale.Select(s => s.Name ?? s.Key)])}. 'status {folder.Path} --why CELL' says what changed.");
        return ExitCode.Done;
    }

    private static int Explain(RunFolder folder, string named)
    {
        var plan = folder.ReadPlan();
        var cell = PlannedCells.Find(folder, plan, named);
        var status = CellStatus.Of(folder.Cell(cell.Key), cell, headline: null);
        Console.WriteLine($"{cell.Spec.Name} ({cell.Key}) is {StatusTable.State(status)}{(status.State == CellState.Done ? ", and is not run again" : $" after epoch {status.Epoch}")}.");
        if (status.ReusedFrom is { } source) Console.WriteLine($"It was taken over from {source}.");
        if (status.Message is { } message) Console.WriteLine(message);

        var stale = StaleCell.In(folder, plan).Where(s => s.Name == cell.Spec.Name).ToList();
        if (StaleCell.WhyNot(cell, folder, stale) is var (earlier, differences))
        {
            Console.WriteLine($"The cell of this name that was run before, cells/{earlier.Key}, is another, and is kept:");
            foreach (var difference in differences) Console.WriteLine($"  {difference.Sentence}");
        }
        else
        {
            Console.WriteLine(stale.Count == 0
                ? "No other cell of this name was run in this folder."
                : $"A cell of this name was run before, cells/{stale[0].Key}; it was left by a version that kept no identity to compare.");
        }
        return ExitCode.Done;
    }
}
