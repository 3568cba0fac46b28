using System.CommandLine;
using Harness.Images;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Torch.Native;
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

    /// <summary>Longer than an orphan, whose parent was killed, takes to notice and end.</summary>
    private static readonly TimeSpan PatienceWithAnOrphan = TimeSpan.FromMinutes(2);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("cell", "Trains one cell of a run.") { Folder, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Device, SharedOptions.Threads };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Train(arguments))));
        return command;
    }

    private static int Train(ParseResult arguments)
    {
        var folder = new CellFolder(arguments.GetValue(Folder)!);
        var spec = folder.ReadSpec();
        using var ownership = FolderLock.Take(folder.Path, PatienceWithAnOrphan);
        using var log = new LoggerConfiguration().MinimumLevel.Debug().WriteTo.File(new CompactJsonFormatter(), folder.LogPath).CreateLogger();
        using var stop = new CancellationTokenSource();
        StopWithParent(stop);

        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        set_num_threads(arguments.GetValue(SharedOptions.Threads) ?? 1);
        var name = arguments.GetValue(SharedOptions.Device) ?? "cpu";
        if (name != "cpu")
        {
            if (!cuda.is_available()) throw new LibtorchException($"Device {name} is asked for, but this libtorch finds no CUDA device: install NVIDIA's driver and name a CUDA libtorch with --libtorch, or use --device cpu.");
            backends.cuda.matmul.allow_tf32 = true;
            backends.cudnn.allow_tf32 = true;
            if (CudnnSwitches.Available) CudnnSwitches.Benchmark();
        }
        var on = device(name);

        var catalog = PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []);
        CellResult result;
        try
        {
            var training = new CellTraining(
                spec, () => CellParts.Make(spec, catalog), new(arguments.GetValue(SharedOptions.Data)), on, ImagePlacement.Auto, folder, message => Console.Out.WriteLine(message.ToLine()), log);
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

    // Standard input is the parent's leash: it closes when the parent asks for a stop, and when the parent is gone.
    private static void StopWithParent(CancellationTokenSource stop)
    {
        // Ctrl-C in a terminal reaches the whole process group; the parent decides what it means.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        new Thread(() =>
        {
            while (Console.In.ReadLine() is not null)
            {
            }
            stop.Cancel();
        })
        { IsBackground = true }.Start();
    }
}
