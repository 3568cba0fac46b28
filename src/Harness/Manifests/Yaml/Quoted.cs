namespace Harness.Manifests.Yaml;

/// <summary>Text of a manifest made fit for a one-line sentence.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    /// <summary>In single quotes, control characters shown as dots, cut where it is long.</summary>
    public static string Text(string text)
    {
        var cut = text.Length > Longest ? text[..Longest] + "..." : text;
        return $"'{string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '.' : c))}'";
    }
}
