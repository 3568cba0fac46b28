namespace Harness.Torch;

/// <summary>libtorch cannot be found or loaded.</summary>
/// <param name="sentence">What was tried, what is wrong and what would be right.</param>
/// <param name="inner">What the system's loader said, if anything.</param>
public sealed class LibtorchException(string sentence, Exception? inner = null) : Exception(sentence, inner);
