using System.IO.Compression;

namespace Harness.Datasets.Arrays;

/// <summary>A .npz file: a zip archive with a .npy file for each array, as numpy.savez and numpy.savez_compressed write it.</summary>
internal static class NpzFile
{
    // Deflate cannot do better, so whoever states more lies.
    private const long GreatestRatio = 1032;

    /// <summary>Reads one array.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="name">The array's name, without ".npy".</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds no such array.</exception>
    public static NumericArray Read(Stream file, string name)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var entry = archive.GetEntry(name + ".npy")
            ?? throw new InvalidDataException($"it holds no array '{name}', but {Names(archive)}");
        using var stream = entry.Open();
        try
        {
            return NpyFile.Read(stream, Math.Min(entry.CompressedLength, file.Length) * GreatestRatio);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"of its array '{name}', {e.Message}", e);
        }
    }

    private static string Names(ZipArchive archive) => archive.Entries.Count == 0
        ? "nothing at all"
        : string.Join(", ", archive.Entries.Take(10).Select(entry => $"'{Path.GetFileNameWithoutExtension(entry.FullName)}'"));
}
