using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Harness.Manifests;
using Harness.Manifests.Options;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Commands;

/// <summary>docs/metrics.md, made from the plugins' own declarations.</summary>
internal static class MetricsPage
{
    private const string Opening = """
        # Metrics

        Every quantity as its plugin declares it, which is also the report's legend. This page is the output of `harness list metrics --markdown`; a test compares them. How it is measured, when, and what
        the letters mean: [measurements.md](measurements.md). How a manifest names metrics: [manifests.md](manifests.md#measure).

        | metric | what | runs by default | costs beside the shared pass |
        |---|---|---|---|

        """;

    /// <summary>The page.</summary>
    /// <param name="metrics">In the order in which they stand.</param>
    public static string Of(IReadOnlyList<DeclaredMetric> metrics)
    {
        var page = new StringBuilder(Opening);
        foreach (var metric in metrics) page.Append($"| [{metric.Name}](#{metric.Name}) | {Cell(metric.Summary)} | {metric.DefaultMoment} | {Cell(metric.Card.Cost)} |\n");
        foreach (var metric in metrics) Section(page, metric);
        return page.ToString();
    }

    private static void Section(StringBuilder page, DeclaredMetric metric)
    {
        page.Append($"\n## {metric.Name}\n\nNeeds {metric.Needs}.\n");
        if (metric.Options is not null)
        {
            page.Append("\n| option | default | what |\n|---|---|---|\n");
            var defaults = OptionsBinder.ToJson(Activator.CreateInstance(metric.Options));
            foreach (var option in OptionProperty.Of(metric.Options))
            {
                var what = option.Property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
                page.Append($"| `{option.Key}` | {Default(option, defaults)} | {Cell(what)} |\n");
            }
        }
        page.Append("\n| quantity | what | formula | unit | reads | source |\n|---|---|---|---|---|---|\n");
        foreach (var q in metric.Card.Quantities)
            page.Append($"| `{q.Name}` | {Cell(q.Title)} | {Cell(q.Formula)} | {Cell(q.Unit)} | {DirectionWords.Of(q.Direction)} | {Cell(q.Source)} |\n");
    }

    private static string Default(OptionProperty option, JsonObject defaults) =>
        option.Required ? "required" : defaults[option.Key] is { } value ? $"`{value.ToJsonString(Json.Line).Trim('"')}`" : "none";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
