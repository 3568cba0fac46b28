namespace Harness.Fetching;

/// <summary>A file cannot be had or kept; its user has to do something.</summary>
/// <param name="sentence">What is wrong, with the file, and what would help.</param>
/// <param name="inner">What the operating system said, if anything.</param>
public sealed class FetchException(string sentence, Exception? inner = null) : Exception(sentence, inner);
