using System.Text;
using Harness;
using Harness.Metrics.Generalization;
using Harness.Metrics.NeuralCollapse;
using Harness.Metrics.Robustness;
using Testing;

namespace Metrics.Tests;

/// <summary>docs/measurements.md lists every quantity as its plugin declares it.</summary>
public class MeasurementsPageTests
{
    [Theory]
    [InlineData("neural-collapse")]
    [InlineData("generalization")]
    [InlineData("robustness")]
    public void ThePageHoldsTheDeclarationsOf(string plugin)
    {
        IMetric metric = plugin switch
        {
            "neural-collapse" => new NeuralCollapseMetric(),
            "generalization" => new GeneralizationMetric(),
            _ => new RobustnessMetric(new RobustnessOptions()),
        };
        var page = File.ReadAllText(Path.Combine(DotnetCommand.RepositoryRoot, "docs", "measurements.md"));
        var table = Table(plugin, metric.Card);
        Assert.True(page.Contains(table), $"docs/measurements.md wants this section:\n\n{table}");
    }

    private static string Table(string plugin, MetricCard card)
    {
        var text = new StringBuilder($"## {plugin}\n\nCosts beside the shared pass: {card.Cost}\n\n| quantity | what | formula | source |\n|---|---|---|---|\n");
        foreach (var q in card.Quantities)
            text.Append($"| `{q.Name}` | {Cell(q.Title)}{(q.Unit == "1" ? "" : $", in {q.Unit}")} | {Cell(q.Formula)} | {Cell(q.Source)} |\n");
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|");
}
