using System.CommandLine;
using System.Text.Json;
using Harness.Measuring.Elsewhere;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Commands;

/// <summary>
/// <c>measure-file</c>: reads a <see cref="MeasureTask"/> from standard input as one line of JSON and sends a <see cref="FileMeasurement"/>, in the process that <c>measure</c> starts for it.
/// </summary>
public static class MeasureFileCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("measure-file", "Measures a file of features.") { SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Threads };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Measure(arguments))));
        return command;
    }

    private static int Measure(ParseResult arguments)
    {
        using var parent = MessagePipe.TakeStandardOutput();
        if (Console.In.ReadLine() is not { } line) return ExitCode.Cancelled;
        var task = JsonSerializer.Deserialize<MeasureTask>(line, Json.Line)!;
        using var stop = new CancellationTokenSource();
        using var leash = new Leash(stop);
        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        set_num_threads(arguments.GetValue(SharedOptions.Threads) ?? 1);
        var catalog = PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []);
        var metrics = task.Metrics.Select(use => (use.Plugin, CellParts.MakeMetric(use, catalog))).ToList();
        parent.Send(FileMeasurement.Of(task.File, metrics, fault => Console.Error.WriteLine(fault), stop.Token).ToLine());
        return ExitCode.Done;
    }
}
