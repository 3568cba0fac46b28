namespace Harness.Manifests;

/// <summary>What a manifest asks for, resolved: every value is set, every name is known, and each cell stands alone.</summary>
/// <param name="Name">The manifest's name; the default run folder is <c>runs/NAME</c>.</param>
/// <param name="Cells">The matrix in the manifest's order: data set outermost, then architecture, then seed, then learning rate where it is swept.</param>
/// <param name="Places">Where it is written.</param>
public sealed record Plan(string Name, IReadOnlyList<CellSpec> Cells, ManifestPlaces Places);
