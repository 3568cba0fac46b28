using System.CommandLine;
using Harness.Manifests;
using Harness.Plugins;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>list plugins</c>: what can be named in a manifest, and what was refused and why. <c>list metrics</c>: what is measured.</summary>
public static class ListCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var plugins = new Command("plugins", "Lists the plugins with their options and defaults, and those refused with the reason.") { SharedOptions.Plugins };
        plugins.SetAction((arguments, _) => Refusal.CatchAsync(() => ListPluginsAsync(arguments)));
        return new("list", "Lists what is installed.") { plugins, ListMetricsCommand.Create() };
    }

    private static async Task<int> ListPluginsAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], data: null, logger);
        var catalog = host.Services.GetRequiredService<PluginCatalog>();

        var console = Terminal.Wide();
        var table = new Table().Border(TableBorder.Simple).AddColumns("kind", "name", "version", "options and defaults", "file", "what it is");
        foreach (var plugin in catalog.Plugins.OrderBy(p => p.Kind).ThenBy(p => p.Name, StringComparer.Ordinal))
            table.AddRow(
                plugin.Kind.ToString().ToLowerInvariant(), Markup.Escape(plugin.Name), Markup.Escape(plugin.Version), Markup.Escape(Options(plugin)),
                Markup.Escape(Path.GetRelativePath(Environment.CurrentDirectory, plugin.File)), Markup.Escape(plugin.Summary));
        console.Write(table);
        foreach (var refused in catalog.Refused) console.MarkupLineInterpolated($"[red]refused[/] {refused.Path}: {refused.Reason}");
        return ExitCode.Done;
    }

    private static string Options(PluginDescriptor plugin) => plugin.OptionsType is null
        ? ""
        : string.Join(", ", OptionsBinder.ToJson(Activator.CreateInstance(plugin.OptionsType)).Select(o => $"{o.Key}: {o.Value?.ToJsonString()}"));
}
