namespace Harness.Comparing;

/// <summary>A table of a comparison, in words, for whatever shows it.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Note">What a reader has to know; empty where nothing.</param>
/// <param name="Headers">The columns.</param>
/// <param name="Rows">The rows; none where there is nothing of the kind.</param>
internal sealed record ComparisonTable(string Title, string Note, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);
