namespace Harness.Manifests;

/// <summary>One thing that is wrong with a manifest, and where.</summary>
/// <param name="File">The file, as the user named it or as an 'extends' led to it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record ManifestError(string File, int Line, int Column, string Sentence)
{
    /// <summary>As compilers print it, so that editors can jump there: <c>file:line:column: sentence</c>.</summary>
    public override string ToString() => $"{File}:{Line}:{Column}: {Sentence}";
}
