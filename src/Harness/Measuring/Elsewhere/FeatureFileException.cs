namespace Harness.Measuring.Elsewhere;

/// <summary>A file of features cannot be measured. Carries everything that is wrong with it.</summary>
/// <param name="errors">At least one sentence, each with the file and the tensor.</param>
public sealed class FeatureFileException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors));
