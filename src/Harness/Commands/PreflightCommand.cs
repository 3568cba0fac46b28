using System.CommandLine;
using System.Text.Json;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Harness.Torch;
using Harness.Training;

namespace Harness.Commands;

/// <summary><c>preflight</c>: reads cells from standard input as one line of JSON and prints a finding a line, in the process the parent starts for it.</summary>
public static class PreflightCommand
{
    private static readonly Option<bool> Count = new("--count") { Description = "Counts what the networks cost and leaves the data alone." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("preflight", "Checks networks and data sets.") { Count, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch };
        command.Hidden = true;
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => Task.FromResult(Check(arguments))));
        return command;
    }

    private static int Check(ParseResult arguments)
    {
        var cells = JsonSerializer.Deserialize<List<CellSpec>>(Console.In.ReadLine() ?? "[]", Json.Line)!;
        Libtorch.Load(Libtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)));
        var catalog = PluginDiscovery.Discover(arguments.GetValue(SharedOptions.Plugins) ?? []);
        var preflight = new Preflight(catalog, new(arguments.GetValue(SharedOptions.Data)));
        foreach (var finding in arguments.GetValue(Count) ? preflight.Count(cells) : preflight.Check(cells))
            Console.Out.WriteLine(finding.ToLine());
        return ExitCode.Done;
    }
}
