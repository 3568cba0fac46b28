using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Harness.Reporting.Drawing;

/// <summary>What every drawing of the report is made with, in the page and in files of their own.</summary>
internal static partial class Svg
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Colours = new(() =>
        Declaration().Matches(PageAssets.Style).GroupBy(m => m.Groups[1].Value).ToDictionary(g => g.Key, g => g.First().Groups[2].Value));

    /// <summary>A length or a place, to a tenth of a pixel.</summary>
    public static string Text(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A line through points; it is broken where one has no place. A point between two holes is a dot.</summary>
    /// <param name="points">Places; null where there is none.</param>
    public static string Path(IEnumerable<(double X, double Y)?> points)
    {
        var path = new System.Text.StringBuilder();
        var (length, last) = (0, default((double X, double Y)));
        foreach (var point in points.Append(null))
        {
            if (point is { } at)
            {
                path.Append(length == 0 ? 'M' : 'L').Append(Text(at.X)).Append(' ').Append(Text(at.Y));
                (length, last) = (length + 1, at);
                continue;
            }
            // With round caps a line of no length is a dot.
            if (length == 1) path.Append('L').Append(Text(last.X)).Append(' ').Append(Text(last.Y));
            length = 0;
        }
        return path.ToString();
    }

    /// <summary>A colour of the page by its name, "--line-0", as it is in light.</summary>
    public static string Colour(string name) => Colours.Value[name];

    /// <summary>Text without the characters that XML cannot hold.</summary>
    public static string Clean(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    [GeneratedRegex(@"(--[a-z0-9-]+):\s*(#[0-9a-f]+)")]
    private static partial Regex Declaration();
}
