namespace Harness.Manifests;

/// <summary>A manifest cannot be planned. Carries everything that is wrong with it; the message is one line an error.</summary>
/// <param name="errors">At least one, in the order a reader meets them.</param>
public sealed class ManifestException(IReadOnlyList<ManifestError> errors) : Exception(string.Join('\n', errors))
{
    /// <summary>Everything that is wrong, in the order a reader meets it.</summary>
    public IReadOnlyList<ManifestError> Errors { get; } = errors;
}
