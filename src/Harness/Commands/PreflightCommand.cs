using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Training;
using static TorchSharp.torch;

namespace Harness.Commands;

/// <summary>
/// <c>preflight</c>: reads a <see cref="PreflightTask"/> from standard input as one line of JSON and prints a finding a line, in the process the parent starts for it.
/// </summary>
public static class PreflightCommand
{
    /// <summary>What comes after the check is worth no more, and a network that hangs in it is not to outlive the parent.</summary>
    private static readonly TimeSpan AfterTheCheck = TimeSpan.FromSeconds(30);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("preflight", "Checks networks and data sets.") { SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch, SharedOptions.Threads };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Run(arguments))));
        return command;
    }

    private static int Run(ParseResult arguments)
    {
        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        set_num_threads(arguments.GetValue(SharedOptions.Threads) ?? 1);
        var catalog = PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []);
        // What it takes a while to load is there by the time the parent has planned.
        if (Console.In.ReadLine() is not { } line) return ExitCode.Cancelled;
        var task = JsonSerializer.Deserialize<PreflightTask>(line, Json.Line)!;
        Timer? end = null;
        foreach (var finding in new Preflight(catalog, new(arguments.GetValue(SharedOptions.Data))).Run(task))
        {
            Console.Out.WriteLine(finding.ToLine());
            if (task.Check && finding.Ended == PreflightStage.Check) end = new(_ => Process.GetCurrentProcess().Kill(), null, AfterTheCheck, Timeout.InfiniteTimeSpan);
        }
        end?.Dispose();
        return ExitCode.Done;
    }
}
