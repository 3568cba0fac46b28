using System.IO.Compression;

namespace Harness.Datasets;

/// <summary>
/// Files that are published together in one .tar.gz: read from where they were unpacked, else straight from the archive as they pass; no name in it
/// ever becomes a path.
/// </summary>
/// <param name="folder">The data set's folder.</param>
/// <param name="card">Its card, for messages.</param>
/// <param name="archive">The archive's name within it.</param>
/// <param name="packedFolder">The folder within the archive that holds the files. Unpacked they lie in a folder of that name or directly in the data set's.</param>
/// <param name="names">The files of the data set, all of which must be there.</param>
internal sealed class PackedFiles(string folder, DatasetCard card, string archive, string packedFolder, IReadOnlyList<string> names)
{
    // Deflate makes at most 1032 bytes of one.
    private const long LargestExpansion = 1032;

    /// <summary>Whether the files may lie in whatever folder of the archive. Default: only in the one it is published with.</summary>
    public bool InAnyFolder { get; init; }

    /// <summary>
    /// Bytes that the archive may hold decompressed; it is then read to its end, so that the checksum over all of it is compared.
    /// Default: no bound, and reading ends at the last of the files wanted.
    /// </summary>
    public long? Longest { get; init; }

    /// <summary>What there is on disk, for a fingerprint: the unpacked files, else the archive.</summary>
    /// <exception cref="DatasetException">There is neither.</exception>
    public IReadOnlyList<string> OnDisk()
    {
        // Unpacked before packed: who unpacked them wants them used, and they are read faster.
        string[] places = [folder, Path.Combine(folder, packedFolder)];
        if (Array.Find(places, place => MissingIn(place).Length == 0) is { } whole) return [.. names.Select(name => Path.Combine(whole, name))];
        var packed = Path.Combine(folder, archive);
        if (File.Exists(packed)) return [packed];
        throw Array.Find(places, place => MissingIn(place).Length < names.Count) is { } part
            ? new DatasetException(part, $"Folder '{part}' of {card.Title} lacks {string.Join(", ", MissingIn(part))}. {card.HowToGet}")
            : new DatasetException(folder, $"Folder '{folder}' of {card.Title} holds neither {archive} nor the folder {packedFolder} nor its files. {card.HowToGet}");
    }

    /// <summary>Reads files, one after the other.</summary>
    /// <param name="wanted">Their names.</param>
    /// <param name="read">Called once for each, with its place among <paramref name="wanted"/>; from the archive in the order they have there.</param>
    /// <exception cref="DatasetException">One is missing, twice there, damaged or truncated.</exception>
    public void Read(IReadOnlyList<string> wanted, Action<int, PackedFile> read)
    {
        var onDisk = OnDisk();
        if (onDisk.Count == 1 && Path.GetFileName(onDisk[0]) == archive)
        {
            Reading(onDisk[0], () => ReadArchive(onDisk[0], wanted, read));
            return;
        }
        foreach (var (which, name) in wanted.Index())
        {
            var path = onDisk[names.Index().First(file => file.Item == name).Index];
            Reading(path, () => ReadFile(path, which, read));
        }
    }

    private string[] MissingIn(string place) => [.. names.Where(name => !File.Exists(Path.Combine(place, name)))];

    private static void ReadFile(string path, int which, Action<int, PackedFile> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        read(which, new(path, $"'{path}'", file.Length, file.ReadExactly));
    }

    private void ReadArchive(string path, IReadOnlyList<string> wanted, Action<int, PackedFile> read)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        var tar = new TarFiles(gzip, path, Longest);
        string[] packed = [.. wanted.Select(name => InAnyFolder ? name : $"{packedFolder}/{name}")];
        var missing = packed.ToHashSet();
        while ((Longest is not null || missing.Count > 0) && tar.Next())
        {
            var name = InAnyFolder ? tar.Name[(tar.Name.LastIndexOf('/') + 1)..] : WithoutDot(tar.Name);
            var which = Array.IndexOf(packed, name);
            if (which < 0) continue;
            if (!missing.Remove(name)) throw new DatasetException(path, $"'{path}' holds {name} twice; fetch the file again.");
            if (tar.Length > file.Length * LargestExpansion)
                throw new DatasetException(path, $"'{path}' is truncated: its {file.Length:N0} bytes cannot hold '{name}', which has {tar.Length:N0}; fetch the file again.");
            read(which, new(path, $"'{path}' ({name})", tar.Length, tar.Read));
        }
        if (missing.Count > 0)
            throw new DatasetException(path, $"'{path}' holds no {string.Join(", ", packed.Where(missing.Contains))}, as the archive of {card.Title} does; fetch the file again.");
        if (Longest is not null) tar.ReadToEnd();
    }

    private static string WithoutDot(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    private static void Reading(string path, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, $"'{path}' is damaged or truncated: its gzip data cannot be decompressed ({e.Message.TrimEnd('.')}); fetch the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
