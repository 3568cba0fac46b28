using System.CommandLine;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Reporting;
using Harness.Results;
using Harness.Running;
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

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("run", "Trains and measures every cell of a manifest that is not finished, and writes the report.")
        {
            Manifest, Out, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Device, SharedOptions.Jobs, SharedOptions.Threads,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => RunAsync(arguments)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], arguments.GetValue(SharedOptions.Data), logger);
        var log = host.Services.GetRequiredService<ILogger<MatrixRun>>();
        var catalog = host.Services.GetRequiredService<PluginCatalog>();
        var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

        var manifest = arguments.GetValue(Manifest)!;
        var plan = ManifestPlanner.Plan(manifest, catalog);
        var libtorch = TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch));
        var compute = ComputeOptions.Resolve(
            arguments.GetValue(SharedOptions.Device), arguments.GetValue(SharedOptions.Jobs), arguments.GetValue(SharedOptions.Threads), libtorch.Folder);
        var settings = new ChildSettings([.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)], host.Services.GetRequiredService<DataRoot>().Folder, libtorch.Folder);
        var planner = new RunPlanner(catalog, host.Services.GetRequiredService<DataRoot>(), compute, libtorch);
        var record = planner.Make(plan);

        var folder = new RunFolder(arguments.GetValue(Out) ?? Path.Combine("runs", plan.Name));
        if (File.Exists(folder.Path)) throw new RunFolderException($"{folder.Path} is a file: name a folder with --out.");
        if (Directory.Exists(folder.Path) && !folder.Exists && !FolderLock.WasTaken(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new RunFolderException($"{folder.Path} is not empty and holds no run: name another folder with --out, or one that a run has written.");
        await CheckAsync(plan, record, folder, settings, log, stop);

        using var runLock = Claim(folder);
        logger.AlsoTo(Path.Combine(folder.Path, "run.log"));
        folder.CopyManifest(manifest);
        folder.WritePlan(record);
        folder.WriteEnvironment(MachineFacts.Record(libtorch, planner.PluginsOf(plan)));
        log.LogInformation("{Name}: {Cells} cells on {Device}, {Jobs} at once, in {Folder}", plan.Name, record.Cells.Count, compute.Device, compute.Jobs, folder.Path);

        using var stopping = stop.Register(() => log.LogWarning("Stopping: running cells finish their epoch or keep their last checkpoint; Ctrl-C again ends at once."));
        var observer = new RunObservers(new RunLines(log), new ReportWhenCellsEnd(() => _ = WriteReport(folder, log)));
        await new MatrixRun(folder, settings, compute, observer, TimeProvider.System, log).RunAsync(record, stop);

        var reported = WriteReport(folder, log);
        var results = folder.Read().Cells.Select(c => c.Result).ToList();
        var done = results.Count(r => r?.Outcome == Outcome.Done);
        if (reported) log.LogInformation("{Done} of {Count} cells done. Report: {Report}", done, results.Count, folder.ReportPath);
        else log.LogError("{Done} of {Count} cells done; 'harness report {Folder}' makes the report once it can be written", done, results.Count, folder.Path);
        if (stop.IsCancellationRequested) return ExitCode.Cancelled;
        return done == results.Count && reported ? ExitCode.Done : done > 0 ? ExitCode.SomeFailed : ExitCode.NothingRan;
    }

    /// <summary>
    /// Options that an architecture refuses end it here, before anything is written: the user is still there to mend them. Missing data and faults in a plugin
    /// cost their own cells only.
    /// </summary>
    private static async Task CheckAsync(Plan plan, PlanRecord record, RunFolder folder, ChildSettings settings, ILogger log, CancellationToken stop)
    {
        var open = record.Cells.Where(c => !CellStanding.Of(folder.Cell(c.Key)).IsFinished).Select(c => c.Spec).ToList();
        if (open.Count == 0) return;
        var findings = await new PreflightProcess(settings).CheckAsync(open, stop);
        if (findings.Where(f => f.Option is not null).ToList() is { Count: > 0 } refused)
            throw new ManifestException([.. refused.Select(f => RefusedOption.Error(plan, f))]);
        foreach (var finding in findings.Where(f => f.Fault is not null))
            log.LogError("{Cells}: {Fault}", CellNames.Short(finding.Cells), finding.Fault);
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
