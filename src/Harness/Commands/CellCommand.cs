using System.CommandLine;
using Harness.Images;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Training;
using Serilog;
using Serilog.Formatting.Compact;
using static TorchSharp.torch;

namespace Harness.Commands;

/// <summary>
/// <c>cell FOLDER</c>: trains one cell, in the process the parent starts for it. Messages go to standard output; when standard input closes the cell stops.
/// </summary>
public static class CellCommand
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The cell's folder, with its cell.json." };

    private static readonly Option<string> On = new("--device") { Description = "cpu or cuda:N.", DefaultValueFactory = _ => "cpu" };

    /// <summary>Longer than an orphan, whose parent was killed, takes to notice and end.</summary>
    private static readonly TimeSpan PatienceWithAnOrphan = TimeSpan.FromMinutes(2);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("cell", "Trains one cell of a run.") { Folder, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, On, SharedOptions.Threads };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Train(arguments))));
        return command;
    }

    private static int Train(ParseResult arguments)
    {
        OomScore.Raise();
        using var parent = MessagePipe.TakeStandardOutput();
        using var stop = new CancellationTokenSource();
        using var leash = new Leash(stop);
        var activity = new CellActivity();
        using var heart = new Heartbeat(activity, parent.Send);

        var folder = new CellFolder(arguments.GetValue(Folder)!);
        var spec = folder.ReadSpec();
        activity.Begins("waiting for the cell's folder");
        using var ownership = FolderLock.Take(folder.Path, PatienceWithAnOrphan);
        // The orphan that had the lock may have come to its end.
        if (CellStanding.Of(folder).IsFinished) return ExitCode.Done;
        folder.DeleteLeftovers();
        using var log = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.File(new CompactJsonFormatter(), folder.LogPath).CreateLogger();

        activity.Begins("loading libtorch");
        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        set_num_threads(arguments.GetValue(SharedOptions.Threads) ?? 1);
        var catalog = PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []);
        CellResult result;
        try
        {
            var training = new CellTraining(
                spec, () => CellParts.Make(spec, catalog), new(arguments.GetValue(SharedOptions.Data)), () => CellDevice.Take(arguments.GetValue(On)!), ImagePlacement.Auto, folder, activity, parent.Send, log);
            result = training.Run(stop.Token);
        }
        catch (OperationCanceledException)
        {
            log.Information("{Cell} is stopped", spec.Name);
            return ExitCode.Cancelled;
        }
        folder.WriteResult(result);
        return result.Outcome == Outcome.Done ? ExitCode.Done : ExitCode.SomeFailed;
    }
}
