namespace Harness.Commands;

/// <summary>The manifest reads well, but some of its networks cannot be built.</summary>
/// <param name="sentences">One for each.</param>
public sealed class RefusedPlanException(IReadOnlyList<string> sentences) : Exception(string.Join('\n', sentences));
