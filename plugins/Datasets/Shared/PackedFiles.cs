using System.Formats.Tar;
using System.IO.Compression;

namespace Harness.Datasets;

/// <summary>Files that are published together in one .tar.gz: read from where they were unpacked, else straight from the archive.</summary>
/// <param name="folder">The data set's folder.</param>
/// <param name="card">Its card, for messages.</param>
/// <param name="archive">The archive's name within it.</param>
/// <param name="packedFolder">The folder within the archive that holds the files. Unpacked they lie in a folder of that name or directly in the data set's.</param>
/// <param name="names">The files of the data set, all of which must be there.</param>
internal sealed class PackedFiles(string folder, DatasetCard card, string archive, string packedFolder, IReadOnlyList<string> names)
{
    // Deflate makes at most 1032 bytes of one.
    private const long LargestExpansion = 1032;

    /// <summary>What there is on disk, for a fingerprint: the unpacked files, else the archive.</summary>
    /// <exception cref="DatasetException">There is neither.</exception>
    public IReadOnlyList<string> OnDisk()
    {
        // Unpacked before packed: who unpacked them wants them used, and they are read faster.
        foreach (var place in (string[])[folder, Path.Combine(folder, packedFolder)])
        {
            string[] files = [.. names.Select(name => Path.Combine(place, name))];
            if (files.All(File.Exists)) return files;
        }
        var packed = Path.Combine(folder, archive);
        return File.Exists(packed) ? [packed] : throw new DatasetException(
            folder,
            $"Folder '{folder}' of {card.Title} holds neither {archive} nor all of {string.Join(", ", names)}, there or in {packedFolder}. {card.HowToGet}");
    }

    /// <summary>Reads files whole; from the archive in one pass, which ends at the last of them.</summary>
    /// <param name="wanted">Names, and the length in bytes that each must have. What a header claims never decides how much memory is taken.</param>
    /// <returns>The files in the order of <paramref name="wanted"/>.</returns>
    /// <exception cref="DatasetException">One is missing, damaged, or of another length.</exception>
    public IReadOnlyList<PackedFile> Read(params (string Name, int Length)[] wanted)
    {
        var onDisk = OnDisk();
        if (onDisk.Count == 1 && Path.GetFileName(onDisk[0]) == archive) return Reading(onDisk[0], () => FromArchive(onDisk[0], wanted));
        return [.. wanted.Select(file =>
        {
            var path = onDisk[names.ToList().IndexOf(file.Name)];
            return Reading(path, () => FromFile(path, file.Length));
        })];
    }

    private PackedFile FromFile(string path, int length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Whole(file, file.Length, length, path, $"'{path}'");
    }

    private PackedFile[] FromArchive(string path, (string Name, int Length)[] wanted)
    {
        var found = new PackedFile?[wanted.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        using var tar = new TarReader(new GZipStream(file, CompressionMode.Decompress));
        while (found.Contains(null) && tar.GetNextEntry() is { } entry)
        {
            var which = Array.FindIndex(wanted, member => IsMember(entry, member.Name));
            if (which < 0 || found[which] is not null || entry.DataStream is not { } content) continue;
            var due = wanted[which].Length;
            if (due > file.Length * LargestExpansion) throw new DatasetException(path, $"'{path}' is truncated: its {file.Length:N0} bytes cannot hold '{entry.Name}', which has {due:N0}.");
            found[which] = Whole(content, entry.Length, due, path, $"'{entry.Name}' in '{path}'");
        }
        var missing = Array.IndexOf(found, null);
        if (missing >= 0) throw new DatasetException(path, $"'{path}' holds no {packedFolder}/{wanted[missing].Name}, as the archive of {card.Title} does.");
        return found!;
    }

    private bool IsMember(TarEntry entry, string name) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
        && (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name) == $"{packedFolder}/{name}";

    private PackedFile Whole(Stream stream, long length, int due, string path, string name)
    {
        if (length != due) throw new DatasetException(path, $"{name} has {length:N0} bytes, where this file of {card.Title} has {due:N0}.");
        var content = GC.AllocateUninitializedArray<byte>(due);
        var read = stream.ReadAtLeast(content, due, throwOnEndOfStream: false);
        return read == due ? new(path, name, content) : throw new DatasetException(path, $"{name} is truncated: it ends after {read:N0} of {due:N0} bytes.");
    }

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new DatasetException(path, $"'{path}' is damaged: {e.Message.TrimEnd('.')}; fetch the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
