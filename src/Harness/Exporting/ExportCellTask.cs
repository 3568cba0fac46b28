namespace Harness.Exporting;

/// <summary>What the parent asks a child to export.</summary>
/// <param name="Cell">The cell's folder.</param>
/// <param name="Target">The folder to write to.</param>
public sealed record ExportCellTask(string Cell, string Target);
