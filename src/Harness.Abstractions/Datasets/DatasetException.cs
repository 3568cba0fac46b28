namespace Harness;

/// <summary>A data set's files are missing, damaged, or not what they claim to be.</summary>
/// <param name="path">The file or folder at fault; empty where none was named.</param>
/// <param name="sentence">What is wrong, with the path, and what would be right.</param>
/// <param name="inner">What the operating system or a decoder said, if anything.</param>
public sealed class DatasetException(string path, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>The file or folder at fault; empty where none was named.</summary>
    public string Path { get; } = path;
}
