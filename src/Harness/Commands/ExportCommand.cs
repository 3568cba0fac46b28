using System.CommandLine;
using System.Text.Json;
using Harness.Exporting;
using Harness.Results;
using Harness.Running;
using Harness.Training;

namespace Harness.Commands;

/// <summary><c>export RUN</c>: a run's numbers for other programs, or with <c>--cell</c> one trained cell. The numbers need neither libtorch nor plugins; a cell is exported in a child.</summary>
public static class ExportCommand
{
    private static readonly Argument<string> Run = new Argument<string>("run") { Description = "The run folder." }.NotEmpty();

    private static readonly (Option<bool> Option, Func<RunExport, IReadOnlyList<string>> Write)[] Formats =
    [
        (Flag("--csv", "The numbers in tidy long form: numbers.csv."), export => export.Csv()),
        (Flag("--parquet", "The numbers in tidy long form: numbers.parquet."), export => export.Parquet()),
        (Flag("--tensorboard", "An event file a cell, in tensorboard/."), export => export.TensorBoard()),
        (Flag("--latex", "Table 1 and the matrix as LaTeX tables: table1.tex, matrix.tex."), export => export.Latex()),
        (Flag("--markdown", "A summary for an issue or a pull request: summary.md."), export => export.Markdown()),
    ];

    private static readonly Option<string?> Cell = new("--cell")
    {
        Description = "A cell, by its name or its key: its weights and features as safetensors that load in PyTorch.",
        HelpName = "CELL",
    };

    private static readonly Option<string?> Out = new Option<string?>("--out") { Description = "The folder to write to; RUN/export where absent.", HelpName = "DIR" }.NotEmpty();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("export", "Writes a run's numbers, or a trained cell, for other programs.") { Run };
        foreach (var (option, _) in Formats) command.Add(option);
        foreach (var option in new Option[] { Cell, Out, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Threads }) command.Add(option);
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => ExportAsync(arguments)));
        return command;
    }

    private static async Task<int> ExportAsync(ParseResult arguments)
    {
        var folder = new RunFolder(arguments.GetValue(Run)!);
        var target = arguments.GetValue(Out) ?? Path.Combine(folder.Path, "export");
        var chosen = Formats.Where(f => arguments.GetValue(f.Option)).ToList();
        var cell = arguments.GetValue(Cell);
        if (chosen.Count == 0 && cell is null) throw new RunFolderException($"Say what to export: {string.Join(", ", Formats.Select(f => f.Option.Name))}, or --cell CELL.");

        var plan = folder.ReadPlan();
        var planned = cell is null ? null : PlannedCells.Find(folder, plan, cell);
        if (chosen.Count > 0)
        {
            var export = new RunExport(folder, target);
            foreach (var (_, write) in chosen)
                foreach (var file in write(export).Distinct()) Console.WriteLine(file);
        }
        return planned is null ? ExitCode.Done : await ExportCellAsync(arguments, folder, planned, target);
    }

    private static async Task<int> ExportCellAsync(ParseResult arguments, RunFolder folder, PlannedCell cell, string target)
    {
        if (!new Checkpoint(folder.Cell(cell.Key).CheckpointPath).Exists)
            throw new RunFolderException($"{folder.Cell(cell.Key).CheckpointPath} holds no checkpoint: {cell.Spec.Name} has no weights to export as yet. Run the manifest, or run it again.");
        string[] plugins = [.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)];
        var data = arguments.GetValue(SharedOptions.Data) is { } given ? Path.GetFullPath(given) : null;
        var settings = new ChildSettings(plugins, data, TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)).Folder);
        var task = new ExportCellTask(folder.Cell(cell.Key).Path, Path.GetFullPath(Path.Combine(target, "cells", FileNames.Flat(cell.Spec.Name))));
        var (exit, answer, errors) = await TaskProcess.RunAsync("export-cell", JsonSerializer.Serialize(task, Json.Line), settings, arguments.GetValue(SharedOptions.Threads) ?? 1);
        if (answer.Select(ExportedCell.FromLine).FirstOrDefault(e => e is not null) is not { } exported)
        {
            Console.Error.WriteLine(exit == ExitCode.Invalid ? errors : $"The export ended with exit code {exit}. {errors}");
            return exit == ExitCode.Invalid ? ExitCode.Invalid : ExitCode.NothingRan;
        }
        if (errors.Length > 0) Console.Error.WriteLine(errors);
        Console.WriteLine(exported.Weights);
        if (exported.Features is not null) Console.WriteLine(exported.Features);
        else Console.Error.WriteLine($"The features are not exported, since they need the images: {exported.WithoutFeatures}");
        return exported.Features is null ? ExitCode.SomeFailed : ExitCode.Done;
    }

    private static Option<bool> Flag(string name, string description) => new(name) { Description = description };
}
