namespace Harness.Datasets;

/// <summary>One file of a <see cref="PackedFiles"/>, open at its start.</summary>
/// <param name="Path">The file on disk that holds it: itself, or the archive.</param>
/// <param name="Subject">What a message about it starts with: the path, and its name within an archive.</param>
/// <param name="Length">Its bytes, as the file system or the archive states them: a claim that is to be compared before any memory is taken for it.</param>
/// <param name="Read">Fills a span with its next bytes. No more of them may be read than there are.</param>
internal sealed record PackedFile(string Path, string Subject, long Length, Action<Span<byte>> Read);
