namespace Harness.Fetching;

/// <summary>Compares files with what their authors publish of them.</summary>
public static class FileCheck
{
    /// <summary>What is wrong with a file, or null where length and checksum are those published.</summary>
    /// <param name="path">The file; it is there.</param>
    /// <param name="file">What it should be.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>The end of a sentence that begins with the file: "has 12 bytes where 9912422 are published".</returns>
    /// <exception cref="FetchException">The card's checksum is none.</exception>
    public static async Task<string?> FaultAsync(string path, DatasetFile file, CancellationToken stop)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            return await FaultAsync(stream, file, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message}";
        }
    }

    /// <summary>The same of an open file, read from its beginning.</summary>
    internal static async Task<string?> FaultAsync(Stream stream, DatasetFile file, CancellationToken stop)
    {
        if (file.Length is { } length && stream.Length != length) return $"has {stream.Length} bytes where {length} are published";
        if (file.Checksum is null) return null;
        var published = Checksum.Parse(file.Checksum);
        stream.Position = 0;
        var found = await published.OfAsync(stream, stop);
        return found == published ? null : $"has checksum {found} where {published} is published";
    }
}
