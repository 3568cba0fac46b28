namespace Harness.Fetching;

/// <summary>One thing found when a data set was verified.</summary>
/// <param name="IsSound">Whether it is as it should be.</param>
/// <param name="Sentence">What was found.</param>
public sealed record VerificationFinding(bool IsSound, string Sentence);
