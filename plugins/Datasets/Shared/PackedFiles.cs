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

    private PackedFile FromFile(string path, int due)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var name = $"'{path}'";
        CheckLength(file.Length, due, path, name);
        var content = GC.AllocateUninitializedArray<byte>(due);
        file.ReadExactly(content);
        return new(path, name, content);
    }

    private PackedFile[] FromArchive(string path, (string Name, int Length)[] wanted)
    {
        var found = new PackedFile?[wanted.Length];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        using var gzip = new GZipStream(file, CompressionMode.Decompress);
        var tar = new TarFiles(gzip, path);
        while (found.Contains(null) && tar.Next())
        {
            var which = Array.FindIndex(wanted, member => WithoutDot(tar.Name) == $"{packedFolder}/{member.Name}");
            if (which < 0 || found[which] is not null) continue;
            var (due, name) = (wanted[which].Length, $"'{tar.Name}' in '{path}'");
            CheckLength(tar.Length, due, path, name);
            if (due > file.Length * LargestExpansion) throw new DatasetException(path, $"'{path}' is truncated: its {file.Length:N0} bytes cannot hold '{tar.Name}', which has {due:N0}.");
            var content = GC.AllocateUninitializedArray<byte>(due);
            tar.Read(content);
            found[which] = new(path, name, content);
        }
        var missing = Array.IndexOf(found, null);
        if (missing >= 0) throw new DatasetException(path, $"'{path}' holds no {packedFolder}/{wanted[missing].Name}, as the archive of {card.Title} does.");
        return found!;
    }

    private void CheckLength(long length, int due, string path, string name)
    {
        if (length != due) throw new DatasetException(path, $"{name} has {length:N0} bytes, where this file of {card.Title} has {due:N0}.");
    }

    private static string WithoutDot(string name) => name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name;

    private static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, $"'{path}' is damaged: its gzip data cannot be decompressed ({e.Message.TrimEnd('.')}); fetch the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
