namespace Harness.Commands;

/// <summary>Names of many cells in a line.</summary>
public static class CellNames
{
    private const int Shown = 3;

    /// <summary>The first few, and how many more.</summary>
    /// <param name="names">Names of cells.</param>
    public static string Short(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
