using System.Reflection;

namespace Harness.Reporting;

/// <summary>What is written into the page besides the numbers: its style, its script, and plotly.js as Plotly.NET carries it.</summary>
internal static class PageAssets
{
    /// <summary>Page/report.css.</summary>
    public static string Style => Own("report.css");

    /// <summary>Page/report.js.</summary>
    public static string Script => Own("report.js");

    /// <summary>Page/watch.js, for a page that is served live.</summary>
    public static string Watch => Own("watch.js");

    /// <summary>plotly.js, minified, with the licence notice it starts with.</summary>
    public static string Plotly
    {
        get
        {
            var assembly = Assembly.Load("Plotly.NET");
            return Read(assembly, assembly.GetManifestResourceNames().Single(name =>
                name.StartsWith("Plotly.NET.plotly-", StringComparison.Ordinal) && name.EndsWith(".min.js", StringComparison.Ordinal)));
        }
    }

    private static string Own(string file) => Read(typeof(PageAssets).Assembly, "Reporting/Page/" + file);

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
