using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Harness.Plugins;

/// <summary>The identity of a plugin's files: part of a cell's content key, so that a rebuilt plugin is measured again.</summary>
internal static class FolderHash
{
    /// <summary>SHA-256 over relative names and contents, in the order of the names. Symbols and XML docs change no result and are left out.</summary>
    /// <returns>Lower-case hex.</returns>
    public static string Of(PluginCandidate candidate)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = candidate.Files
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is not (".pdb" or ".xml"))
            .Select(file => (Name: Path.GetRelativePath(candidate.Folder, file).Replace('\\', '/'), Path: file))
            .OrderBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, path) in files)
        {
            Append(hash, Encoding.UTF8.GetBytes(name));
            Append(hash, File.ReadAllBytes(path));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Lengths go in too, so that no two lists of files give one stream of bytes.
    private static void Append(IncrementalHash hash, byte[] bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.LongLength);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
