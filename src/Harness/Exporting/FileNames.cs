namespace Harness.Exporting;

/// <summary>Names of files for what a manifest names as it likes; different names stay different.</summary>
internal static class FileNames
{
    /// <summary>A cell's name as folders within folders, one for each of its labels.</summary>
    /// <param name="cell">"ResNet18/mnist/0".</param>
    public static IEnumerable<string> Of(string cell) => cell.Split('/').Select(Single);

    /// <summary>A cell's name as one name: "ResNet18-mnist-0".</summary>
    /// <param name="cell">"ResNet18/mnist/0".</param>
    public static string Flat(string cell) => string.Join('-', Of(cell));

    private static string Single(string label) => label.All(c => c == '.') ? label.Replace(".", "%2E", StringComparison.Ordinal) : Uri.EscapeDataString(label);
}
