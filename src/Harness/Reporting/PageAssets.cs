using System.Reflection;

namespace Harness.Reporting;

/// <summary>What is written into the page besides the numbers: its style, its script, and plotly.js as Plotly.NET carries it.</summary>
internal static class PageAssets
{
    // In the order they are read; each script after the first adds to what the first defines.
    private static readonly string[] Styles = ["base.css", "first-screen.css", "association.css", "figures.css", "tables.css", "cells.css", "print.css"];
    private static readonly string[] Scripts = ["page.js", "heat.js", "figure-panel.js", "figures.js", "association.js", "cell-charts.js", "cell-tables.js", "cell-sections.js", "cell-page.js"];

    /// <summary>The style sheets of Page, one after the other.</summary>
    public static string Style => string.Concat(Styles.Select(Own));

    /// <summary>The scripts of Page, one after the other.</summary>
    public static string Script => string.Concat(Scripts.Select(Own));

    /// <summary>Page/watch.js, for a page that is served live.</summary>
    public static string Watch => Own("watch.js");

    /// <summary>What plotly.js says of its licence, which stands in the page in plain text.</summary>
    public const string PlotlyLicence = "plotly.js, copyright 2012-2024 Plotly, Inc., under the MIT license";

    /// <summary>plotly.js as Plotly.NET carries it, minified, with the licence notice it starts with; packed once for all pages of a process.</summary>
    public static Lazy<byte[]> PackedPlotly { get; } = new(() =>
    {
        var assembly = Assembly.Load("Plotly.NET");
        var name = assembly.GetManifestResourceNames().Single(name => name.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && name.EndsWith(".min.js", StringComparison.Ordinal));
        using var source = assembly.GetManifestResourceStream(name)!;
        return Compressed.Of(source.CopyTo);
    });

    private static string Own(string file)
    {
        using var reader = new StreamReader(typeof(PageAssets).Assembly.GetManifestResourceStream("Reporting/Page/" + file)!);
        return reader.ReadToEnd();
    }
}
