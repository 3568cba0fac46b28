namespace Harness.Datasets.Decoding;

/// <summary>One image of a split.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Label">Its class, in [0, C).</param>
internal readonly record struct ImageFile(string Path, int Label);
