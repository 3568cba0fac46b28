using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harness.Manifests.Schema;
using Harness.Plugins;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Commands;

/// <summary><c>schema</c>: the JSON Schema of manifests, by which an editor completes and checks them while they are written.</summary>
public static class SchemaCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("schema", "Prints the JSON Schema of manifests, with the options of every installed plugin, for editors.") { SharedOptions.Plugins };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => PrintAsync(arguments)));
        return command;
    }

    private static async Task<int> PrintAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], data: null, logger);
        Console.WriteLine(ManifestSchema.Of(host.Services.GetRequiredService<PluginCatalog>()).ToJsonString(Indented));
        return ExitCode.Done;
    }
}
