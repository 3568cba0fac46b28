using System.CommandLine;
using System.Text.Json;
using Harness.Manifests;
using Harness.Planning;
using Harness.Plugins;
using Harness.Results;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Commands;

/// <summary><c>plan MANIFEST</c>: what a matrix is going to cost, before a night is spent on it. Trains nothing and writes nothing.</summary>
public static class PlanCommand
{
    private static readonly Argument<string> Manifest = new("manifest") { Description = "The manifest: a YAML file." };

    private static readonly Option<bool> AsJson = new("--json") { Description = "Prints one JSON object, with 'cells', and nothing else." };

    private static readonly Option<string?> Speed = new("--speed")
    {
        Description = "A run folder: cells like those of the run are given the time they took there.",
        HelpName = "RUN",
    };

    private static readonly Option<double?> Flops = MakeFlops();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("plan", "Prints every cell of a manifest with its size and its cost: parameters, images, training FLOPs, device memory, time.")
        {
            Manifest, AsJson, Speed, Flops, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => PlanAsync(arguments)));
        return command;
    }

    private static async Task<int> PlanAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], arguments.GetValue(SharedOptions.Data), logger);
        var catalog = host.Services.GetRequiredService<PluginCatalog>();
        var data = host.Services.GetRequiredService<DataRoot>();
        var plan = ManifestPlanner.Plan(arguments.GetValue(Manifest)!, catalog);
        var run = arguments.GetValue(Speed) is { } folder ? new RunFolder(folder) : null;
        var speeds = run is null ? null : new MeasuredSpeeds(run.Read());

        var settings = new ChildSettings(
            [.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)], data.Folder, TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)).Folder);
        var findings = await PreflightProcess.RunAsync(settings, new() { Cells = plan.Cells, Count = true }, CancellationToken.None);
        var model = new CostModel(catalog, data, findings, speeds, arguments.GetValue(Flops));
        var cost = new PlanCost(plan.Name, [.. plan.Cells.Select(model.Of)], arguments.GetValue(Flops), run?.Path);

        if (arguments.GetValue(AsJson)) Console.WriteLine(JsonSerializer.Serialize(cost, Json.Page));
        else PlanTable.Write(cost);
        return cost.Cells.All(c => c.NetworkFault is null) ? ExitCode.Done : ExitCode.Invalid;
    }

    private static Option<double?> MakeFlops()
    {
        var option = new Option<double?>("--flops")
        {
            Description = "Sustained speed assumed where none was measured, in floating-point operations a second, such as 2e13.",
            HelpName = "F",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(double.TryParse(result.Tokens[0].Value, out var f) && f > 0 && double.IsFinite(f)))
                result.AddError($"--flops '{result.Tokens[0].Value}' is no speed: a number above 0 is, such as 2e13.");
        });
        return option;
    }
}
