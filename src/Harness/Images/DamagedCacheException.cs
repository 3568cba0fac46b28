namespace Harness.Images;

/// <summary>A cache of decoded images does not hold what was stored in it.</summary>
/// <param name="sentence">Which file, what is wrong, and what becomes of it.</param>
public sealed class DamagedCacheException(string sentence) : IOException(sentence);
