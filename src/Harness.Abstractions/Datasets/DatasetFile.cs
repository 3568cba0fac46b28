namespace Harness;

/// <summary>One file of a data set as its authors publish it: what is fetched, and what a fetched one must be.</summary>
/// <param name="Name">Its name within the data set's folder.</param>
/// <param name="Length">Its length in bytes, or null where it is not published.</param>
/// <param name="Checksum">"md5:" or "sha256:" and lower-case hex, or null where none is published.</param>
/// <param name="Addresses">Where it is published, the authors' own first, then mirrors.</param>
public sealed record DatasetFile(string Name, long? Length, string? Checksum, IReadOnlyList<string> Addresses);
