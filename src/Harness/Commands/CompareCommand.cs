using System.CommandLine;
using System.Text;
using System.Text.Json;
using Harness.Comparing;
using Harness.Exporting;
using Harness.Manifests;
using Harness.Results;
using Harness.Running;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>compare RUN RUN...</c>: runs beside the first of them. Needs neither libtorch nor plugins.</summary>
public static class CompareCommand
{
    private static readonly Argument<string[]> Runs = new("run") { Description = "Run folders: each is compared with the first.", Arity = ArgumentArity.OneOrMore };

    private static readonly Option<string[]> Quantities = new("--quantities")
    {
        Description = "Quantities to show, metric/name with commas between; NC1, test accuracy and the DeepFool radius where absent.",
        HelpName = "LIST",
    };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints one JSON object, with every quantity, and nothing else." };

    private static readonly Option<bool> AsMarkdown = new("--markdown") { Description = "Prints Markdown, for an issue or a pull request, and nothing else." };

    private static readonly Option<string?> Page = new Option<string?>("--html") { Description = "Writes a page in the report's style as well.", HelpName = "FILE" }.NotEmpty();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("compare", "Sets runs beside the first of them: differences with intervals, and what changed.") { Runs, Quantities, AsJson, AsMarkdown, Page };
        command.Validators.Add(result =>
        {
            if (result.GetValue(AsJson) && result.GetValue(AsMarkdown)) result.AddError("--json and --markdown exclude each other: each prints nothing else.");
        });
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Compare(arguments))));
        return command;
    }

    private static int Compare(ParseResult arguments)
    {
        var folders = arguments.GetValue(Runs)!.Select(path => new RunFolder(path)).DistinctBy(f => f.Path).ToList();
        if (folders.Count < 2) throw new RunFolderException("Name two runs or more: each is compared with the first.");
        var comparison = RunComparison.Of(folders);
        string[] wanted = [.. (arguments.GetValue(Quantities) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        Check(wanted, folders);
        var tables = ComparisonTables.Of(comparison, wanted);
        if (arguments.GetValue(Page) is { } page) AtomicFile.Write(page, stream => ComparisonPage.Write(comparison.Runs, tables, stream));
        if (arguments.GetValue(AsJson)) Console.Out.WriteLine(JsonSerializer.Serialize(comparison, Json.Page));
        else if (arguments.GetValue(AsMarkdown)) Console.Out.Write(Markdown(tables));
        else Print(tables, Terminal.Wide());
        return ExitCode.Done;
    }

    private static void Check(string[] wanted, IReadOnlyList<RunFolder> folders)
    {
        var known = folders.SelectMany(f => f.ReadPlan().Quantities).Select(q => $"{q.Metric}/{q.Quantity.Name}").Distinct().ToList();
        foreach (var quantity in wanted.Except(known)) throw new RunFolderException($"--quantities names '{quantity}', which none of these runs measures{Suggestion.Closing(quantity, known)}");
    }

    private static void Print(IReadOnlyList<ComparisonTable> tables, IAnsiConsole console)
    {
        foreach (var table in tables)
        {
            console.MarkupLineInterpolated($"[bold]{table.Title}[/]");
            if (table.Note.Length > 0) console.WriteLine(table.Note);
            if (table.Rows.Count == 0) continue;
            var shown = new Table().Border(TableBorder.Simple).AddColumns([.. table.Headers.Select(Markup.Escape)]);
            foreach (var row in table.Rows) shown.AddRow([.. row.Select(Markup.Escape)]);
            console.Write(shown);
        }
    }

    private static string Markdown(IReadOnlyList<ComparisonTable> tables)
    {
        var text = new StringBuilder();
        foreach (var table in tables)
        {
            text.Append($"## {MarkdownSummary.Escape(table.Title)}\n\n");
            if (table.Note.Length > 0) text.Append(MarkdownSummary.Escape(table.Note)).Append("\n\n");
            if (table.Rows.Count == 0) continue;
            text.Append($"| {string.Join(" | ", table.Headers)} |\n|{string.Concat(Enumerable.Repeat("---|", table.Headers.Count))}\n");
            foreach (var row in table.Rows) text.Append($"| {string.Join(" | ", row.Select(MarkdownSummary.Escape))} |\n");
            text.Append('\n');
        }
        return text.ToString();
    }
}
