using System.CommandLine;
using Harness.Manifests;
using Harness.Planning;
using Harness.Plugins;
using Harness.Reporting;
using Harness.Results;
using Harness.Running;
using Harness.Watching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Commands;

/// <summary><c>run MANIFEST</c>: from a manifest to a report. The same command on the same folder continues it.</summary>
public static class RunCommand
{
    private static readonly Argument<string> Manifest = new Argument<string>("manifest") { Description = "The manifest: a YAML file." }.NotEmpty();

    private static readonly Option<string?> Out = new Option<string?>("--out")
    {
        Description = "The run folder; runs/NAME where absent. One that holds a run is continued.",
        HelpName = "DIR",
    }.NotEmpty();

    private static readonly Option<string[]> Reuse = new Option<string[]>("--reuse")
    {
        Description = "Another run folder: cells that are done there are taken over and not trained; may be given several times.",
        HelpName = "DIR",
    }.NotEmpty();

    private static readonly Option<string[]> Only = new("--only")
    {
        Description = "A cell, by its name or its key: of the manifest's cells this one alone is run, the others stay as they are; may be given several times.",
        HelpName = "CELL",
    };

    private static readonly Option<string?> Notify = new("--notify")
    {
        Description = "A shell command, run at the first failure of a cell and at the end, with the facts in HARNESS_ variables.",
        HelpName = "COMMAND",
    };

    private static readonly Option<bool> Plain = new("--plain") { Description = "Lines instead of the live table, also on a terminal." };

    /// <summary>How long the user's command may take.</summary>
    private static readonly TimeSpan PatienceWithNotify = TimeSpan.FromMinutes(1);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Trains and measures every cell of a manifest that is not finished, and writes the report.")
        {
            Manifest, Out, Only, Reuse, Notify, Plain, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch,
            RunOptions.Devices, RunOptions.JobsPerDevice, SharedOptions.Threads, RunOptions.Until, RunOptions.Budget,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => RunAsync(arguments)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        var libtorch = TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch));
        var settings = new ChildSettings(
            [.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)], arguments.GetValue(SharedOptions.Data) is { } folderOfData ? Path.GetFullPath(folderOfData) : null, libtorch.Folder);
        await using var child = new PreflightProcess(settings, arguments.GetValue(SharedOptions.Threads) ?? 1);

        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], arguments.GetValue(SharedOptions.Data), logger);
        var log = host.Services.GetRequiredService<ILogger<MatrixRun>>();
        var catalog = host.Services.GetRequiredService<PluginCatalog>();
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        var manifest = arguments.GetValue(Manifest)!;
        var plan = ManifestPlanner.Plan(manifest, catalog);
        var compute = RunOptions.Compute(arguments, libtorch.Folder);
        var deadline = RunOptions.MakeDeadline(arguments);
        var data = host.Services.GetRequiredService<DataRoot>();
        var costs = compute.Kinds.Count > 1 ? await CountAsync(plan.Cells, catalog, data, settings, stop) : new Dictionary<string, CellCost>();
        var planner = new RunPlanner(catalog, data, compute, cell => KindChoice.Of(cell, compute.Kinds, costs), libtorch);
        var record = planner.Make(plan);
        var asked = PlannedCells.Only(record, arguments.GetValue(Only) ?? []);

        var folder = new RunFolder(arguments.GetValue(Out) ?? Path.Combine("runs", plan.Name));
        if (File.Exists(folder.Path)) throw new RunFolderException($"{folder.Path} is a file: name a folder with --out.");
        if (Directory.Exists(folder.Path) && !folder.Exists && !FolderLock.WasTaken(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new RunFolderException($"{folder.Path} is not empty and holds no run: name another folder with --out, or one that a run has written.");
        var reuse = new CellReuse([.. (arguments.GetValue(Reuse) ?? []).Select(source => OtherRun(source, folder))]);
        var open = asked.Cells.Where(c => !CellStanding.Of(folder.Cell(c.Key)).IsFinished && reuse.Find(c.Key) is null).ToList();
        var preflight = open.Count > 0 ? new RunPreflight(child, open, folder, compute) : null;
        if (preflight is not null) await preflight.CheckAsync(plan, log, stop);

        using var runLock = Claim(folder);
        var live = !arguments.GetValue(Plain) && Terminal.Live() is { } terminal ? new LiveTable(terminal, HarnessHost.ConsoleFormat) : null;
        logger.AlsoTo(Path.Combine(folder.Path, "run.log"), live);
        AtomicFile.DeleteLeftovers(folder.Path);
        folder.WriteManifest(SelfContainedManifest.Read(manifest));
        folder.WritePlan(record);
        folder.WriteEnvironment(MachineFacts.Record(libtorch, planner.PluginsOf(plan)));
        log.LogInformation("{Name}: {Cells} cells{Only} on {Devices}, in {Folder}{Deadline}", plan.Name, record.Cells.Count, asked == record ? "" : $", {asked.Cells.Count} of them asked for,", string.Join("; ", compute.Devices), folder.Path, deadline);

        TakeOver(asked, folder, reuse, log);
        SayWhatChanged(record, asked, folder, log);

        using var stopping = stop.Register(() => log.LogWarning("Stopping: running cells finish their epoch or keep their last checkpoint; Ctrl-C again ends at once."));
        var report = new ReportInBackground(() => WriteReport(folder, log), TimeProvider.System);
        var progress = new RunProgress(RunStatus.Of(folder));
        var notification = arguments.GetValue(Notify) is { Length: > 0 } notify ? new RunNotification(notify, folder, progress.Now, PatienceWithNotify, log) : null;
        IRunObserver[] observers = [new RunLines(log), progress, report, .. notification is null ? Array.Empty<IRunObserver>() : [notification]];
        var matrix = new MatrixRun(folder, settings, compute, deadline, new RunObservers(observers), TimeProvider.System, log);
        var timeUp = false;
        async Task Run() => timeUp = await matrix.RunAsync(asked, preflight?.Forecast(catalog, data), stop);
        await (live?.WhileAsync(progress, Run) ?? Run());

        var code = Conclude(folder, asked, await report.FinishAsync(), stop.IsCancellationRequested, timeUp, log);
        if (notification is not null) await notification.EndAsync(code);
        return code;
    }

    private static int Conclude(RunFolder folder, PlanRecord asked, bool reported, bool stopped, bool timeUp, ILogger log)
    {
        var results = folder.ReadCells(asked, (_, cell) => cell.Result);
        var done = results.Count(r => r?.Outcome == Outcome.Done);
        if (reported) log.LogInformation("{Done} of {Count} cells done. Report: {Report}", done, results.Count, folder.ReportPath);
        else log.LogError("{Done} of {Count} cells done; 'harness report {Folder}' makes the report once it can be written", done, results.Count, folder.Path);
        if (stopped) return ExitCode.Cancelled;
        if (timeUp && done < results.Count) return ExitCode.TimeUp;
        return done == results.Count && reported ? ExitCode.Done : done > 0 ? ExitCode.SomeFailed : ExitCode.NothingRan;
    }

    private static RunFolder OtherRun(string path, RunFolder own)
    {
        var other = new RunFolder(path);
        if (other.Path == own.Path) throw new RunFolderException($"--reuse '{path}' is the run folder itself, whose finished cells stay anyhow: name another run's.");
        return other.Exists ? other : throw new RunFolderException($"--reuse '{path}' is no run folder: it holds no plan.json, which 'harness run' writes first.");
    }

    private static void TakeOver(PlanRecord record, RunFolder folder, CellReuse reuse, ILogger log)
    {
        foreach (var cell in record.Cells.DistinctBy(c => c.Key))
        {
            var target = folder.Cell(cell.Key);
            if (CellStanding.Of(target).IsFinished || reuse.Find(cell.Key) is not { } source) continue;
            if (FolderLock.IsHeld(target.Path)) log.LogWarning("{Cell}: is not taken over from {Source}, since a process of an earlier run is still at it", cell.Spec.Name, source.Path);
            else if (CellReuse.Take(source, cell, target)) log.LogInformation("{Cell}: taken over from {Source}", cell.Spec.Name, source.Path);
            else log.LogWarning("{Cell}: is not taken over from {Source}, which changed meanwhile", cell.Spec.Name, source.Path);
        }
    }

    /// <summary>Says of each cell that is trained though one of its name is there why that one does not do.</summary>
    private static void SayWhatChanged(PlanRecord record, PlanRecord asked, RunFolder folder, ILogger log)
    {
        var stale = StaleCell.In(folder, record);
        if (stale.Count == 0) return;
        var changes = asked.Cells.DistinctBy(c => c.Key)
            .Where(c => !CellStanding.Of(folder.Cell(c.Key)).IsFinished)
            .Select(c => (c.Spec.Name, Why: StaleCell.WhyNot(c, folder, stale)))
            .Where(c => c.Why is not null)
            .GroupBy(c => string.Join("; ", c.Why!.Value.Differences.Select(d => d.Sentence)), c => c.Name);
        foreach (var change in changes) log.LogInformation("{Cells}: trained again, since {Why}. What was trained before is kept", CellNames.Short([.. change]), change.Key);
    }

    /// <summary>What cells cost, by name, where their keys hang on it.</summary>
    private static async Task<IReadOnlyDictionary<string, CellCost>> CountAsync(
        IReadOnlyList<CellSpec> cells, PluginCatalog catalog, DataRoot data, ChildSettings settings, CancellationToken stop)
    {
        var model = new CostModel(catalog, data, await PreflightProcess.RunAsync(settings, new() { Cells = cells, Count = true }, stop), speeds: null, assumedFlops: null);
        return cells.Select(model.Of).DistinctBy(cost => cost.Cell).ToDictionary(cost => cost.Cell);
    }

    private static FolderLock Claim(RunFolder folder)
    {
        try
        {
            Directory.CreateDirectory(folder.Path);
            return FolderLock.TryTake(folder.Path)
                ?? throw new RunFolderException($"{folder.Path} is in use by another run: wait for its end, or name another folder with --out.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"{folder.Path} cannot be written ({e.Message}): name another folder with --out.", e);
        }
    }

    // A report that cannot be written is said and does not end the run.
    private static bool WriteReport(RunFolder folder, ILogger log)
    {
        try
        {
            ReportWriter.Write(folder);
            return true;
        }
        catch (Exception e)
        {
            // Whatever it is: the cells' numbers are safe, and the verb 'report' makes it again.
            log.LogError("The report is not written: {Reason}", e is IOException or UnauthorizedAccessException or RunFolderException ? e.Message : e.ToString());
            return false;
        }
    }
}
