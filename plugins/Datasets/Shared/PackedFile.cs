namespace Harness.Datasets;

/// <summary>One file read out of a <see cref="PackedFiles"/>.</summary>
/// <param name="Path">The file on disk that holds it: itself, or the archive.</param>
/// <param name="Name">What a message calls it, in quotes.</param>
/// <param name="Content">All its bytes.</param>
internal sealed record PackedFile(string Path, string Name, byte[] Content);
