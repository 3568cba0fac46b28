using System.CommandLine;
using Harness.Plugins;
using Harness.Reporting.Numbers;
using Harness.Running;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Harness.Commands;

/// <summary><c>list metrics</c>: every quantity as its plugin declares it, on the console or as the page docs/metrics.md.</summary>
public static class ListMetricsCommand
{
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Prints the page docs/metrics.md and nothing else." };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var command = new Command("metrics", "Lists what the metrics measure: each quantity with its formula, source, unit and how it reads, and what each metric costs.")
        {
            Markdown, SharedOptions.Plugins,
        };
        command.SetAction((arguments, _) => Refusal.CatchAsync(() => ListAsync(arguments)));
        return command;
    }

    private static async Task<int> ListAsync(ParseResult arguments)
    {
        using var logger = HarnessHost.ConsoleLogger();
        using var host = await HarnessHost.StartAsync(arguments.GetValue(SharedOptions.Plugins) ?? [], data: null, logger);
        var metrics = DeclaredMetric.Of(host.Services.GetRequiredService<PluginCatalog>(), out var faults);
        if (arguments.GetValue(Markdown)) Console.Write(MetricsPage.Of(metrics));
        else Print(metrics);
        foreach (var fault in faults) Console.Error.WriteLine(fault);
        return ExitCode.Done;
    }

    private static void Print(IReadOnlyList<DeclaredMetric> metrics)
    {
        var console = Terminal.Wide();
        foreach (var metric in metrics)
        {
            console.MarkupLineInterpolated($"[bold]{metric.Name}[/]  {metric.Summary}");
            console.MarkupLineInterpolated($"  runs {metric.DefaultMoment}; needs {metric.Needs}; costs: {metric.Card.Cost}");
            var table = new Table().Border(TableBorder.Simple).AddColumns("quantity", "what", "formula", "unit", "reads", "source");
            foreach (var q in metric.Card.Quantities)
                table.AddRow(new[] { q.Name, q.Title, q.Formula, q.Unit, DirectionWords.Of(q.Direction), q.Source }.Select(Markup.Escape).ToArray());
            console.Write(table);
        }
    }
}
