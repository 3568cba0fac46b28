namespace Harness.Running;

/// <summary>The manifest reads well, but the run cannot be planned.</summary>
/// <param name="sentence">Why, and what would help.</param>
/// <param name="inner">What a plugin threw.</param>
public sealed class RefusedPlanException(string sentence, Exception? inner = null) : Exception(sentence, inner);
