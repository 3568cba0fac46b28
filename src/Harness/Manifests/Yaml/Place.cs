namespace Harness.Manifests.Yaml;

/// <summary>Where something stands in a manifest; line and column from 1.</summary>
internal readonly record struct Place(string File, int Line, int Column)
{
    /// <summary>How another place is named in a sentence about this file: without the file where it is the same.</summary>
    public string SeenFrom(string file) => File == file ? $"line {Line}, column {Column}" : $"{File}:{Line}:{Column}";
}
