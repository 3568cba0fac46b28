using System.IO.Compression;

namespace Harness.Datasets.Cifar;

/// <summary>The files within a gzipped tar, read as they pass: nothing is unpacked, and no name in the archive ever becomes a path.</summary>
internal static class CifarArchive
{
    /// <summary>What is done with one file.</summary>
    /// <param name="file">Its place among the names asked for.</param>
    /// <param name="content">Stands at its content. No more of it may be read than its length.</param>
    /// <param name="length">Its length as the archive states it.</param>
    /// <param name="path">The archive.</param>
    /// <param name="subject">What a message about it starts with.</param>
    public delegate void FileReader(int file, Stream content, long length, string path, string subject);

    /// <summary>Reads an archive to its end, so that the checksum over all of it is checked.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="names">Names of the files wanted, in whatever folder of the archive they lie. Each must be there once.</param>
    /// <param name="longest">Bytes that it may hold decompressed.</param>
    /// <param name="read">Called for each of them, in the order of the archive.</param>
    /// <exception cref="DatasetException">It cannot be read, is damaged or truncated, or does not hold the files.</exception>
    public static void Read(string path, IReadOnlyList<string> names, long longest, FileReader read)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            using var bounded = new BoundedStream(gzip, longest);
            ReadEntries(bounded, path, names, read);
            bounded.CopyTo(Stream.Null);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetException(path, $"'{path}' is damaged or truncated: it cannot be read as a gzipped tar ({e.Message.TrimEnd('.')}); fetch the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static void ReadEntries(BoundedStream tar, string path, IReadOnlyList<string> names, FileReader read)
    {
        var places = names.Index().ToDictionary(name => name.Item, name => name.Index);
        var missing = names.ToHashSet();
        while (TarHeader.Read(tar) is { } entry)
        {
            var next = tar.Position + (entry.Length + TarHeader.BlockSize - 1) / TarHeader.BlockSize * TarHeader.BlockSize;
            if (entry.IsFile && places.TryGetValue(entry.FileName, out var place))
            {
                if (!missing.Remove(entry.FileName)) throw new DatasetException(path, $"'{path}' holds {entry.FileName} twice; fetch the file again.");
                read(place, tar, entry.Length, path, $"'{path}' ({entry.FileName})");
            }
            SkipTo(next, tar);
        }
        if (missing.Count > 0) throw new DatasetException(path, $"'{path}' holds no {string.Join(", ", names.Where(missing.Contains))}; fetch the file again.");
    }

    private static void SkipTo(long position, BoundedStream tar)
    {
        Span<byte> passed = stackalloc byte[8192];
        while (tar.Position < position) tar.ReadExactly(passed[..(int)Math.Min(passed.Length, position - tar.Position)]);
    }
}
