using System.Security.Cryptography;
using System.Text;

namespace Harness;

/// <summary>The fingerprint of a data set that lies in files.</summary>
public static class FileFingerprint
{
    /// <summary>Gives the hash of a file from an earlier reading of it as it is now, else what the reading gives: the host remembers large ones.</summary>
    internal static Func<string, Func<byte[]>, byte[]> Remembered { get; set; } = (_, read) => read();

    /// <summary>SHA-256 over names and bytes of files as they lie: unpacking one is a change, touching it is none. About a second for each gigabyte; files of 256 MiB and more are read once and then known by their times.</summary>
    /// <param name="files">Their paths, in a fixed order. The folders are left out of it: moving a set changes nothing.</param>
    /// <exception cref="DatasetException">One cannot be read.</exception>
    public static string Of(IEnumerable<string> files)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in files)
        {
            all.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(path))));
            all.AppendData(Remembered(path, () => ContentHash(path)));
        }
        return "sha256:" + Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static byte[] ContentHash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return SHA256.HashData(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
