using System.CommandLine;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>validate MANIFEST</c>: everything that is wrong, at once, before a night is spent on it.</summary>
public static class ValidateCommand
{
    private static readonly Argument<string> Manifest = new Argument<string>("manifest") { Description = "The manifest: a YAML file." }.NotEmpty();

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("validate", "Checks a manifest, its networks and its data sets, and prints the cells. Writes nothing.")
        {
            Manifest, SharedOptions.Data, SharedOptions.Plugins, SharedOptions.Libtorch,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => ValidateAsync(arguments)));
        return command;
    }

    private static async Task<int> ValidateAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], arguments.GetValue(SharedOptions.Data), logger);
        var plan = ManifestPlanner.Plan(arguments.GetValue(Manifest)!, host.Services.GetRequiredService<PluginCatalog>());
        var settings = new ChildSettings(
            [.. (arguments.GetValue(SharedOptions.Plugins) ?? []).Select(Path.GetFullPath)],
            host.Services.GetRequiredService<DataRoot>().Folder,
            TrustedLibtorch.Locate(arguments.GetValue(SharedOptions.Libtorch)).Folder);
        var findings = await PreflightProcess.RunAsync(settings, new() { Cells = plan.Cells, Check = true }, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

        var table = new Table().Border(TableBorder.Simple).AddColumns("cell", "parameters", "p", "training images", "test images", "epochs");
        foreach (var column in table.Columns.Skip(1)) column.RightAligned();
        foreach (var cell in plan.Cells)
        {
            var network = findings.FirstOrDefault(f => f.Parameters is not null && f.Cells.Contains(cell.Name));
            var data = findings.FirstOrDefault(f => f.TrainCount is not null && f.Cells.Contains(cell.Name));
            table.AddRow(Markup.Escape(cell.Name), $"{network?.Parameters:n0}", $"{network?.FeatureDimension}", $"{data?.TrainCount:n0}", $"{data?.TestCount:n0}", $"{cell.Training.Epochs}");
        }
        table.ShowFooters().Columns[0].Footer($"{plan.Cells.Count} cells");
        Terminal.Wide().Write(table);

        var faults = findings.Where(f => f.Fault is not null).ToList();
        foreach (var fault in faults)
            Console.Error.WriteLine(fault.Option is null ? $"{CellNames.Short(fault.Cells)}: {fault.Fault}" : RefusedOption.Error(plan, fault).ToString());
        return faults.Count == 0 ? ExitCode.Done : ExitCode.Invalid;
    }
}
