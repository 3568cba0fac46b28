using System.Security.Cryptography;
using System.Text;
using Harness.Results;

namespace Harness.Images;

/// <summary>Hashes of large files, remembered for as long as the files stay as they are, so that an archive of gigabytes is not read at each start.</summary>
/// <param name="folder">Where they are kept; need not exist.</param>
/// <param name="smallest">Bytes of the smallest file that is remembered: smaller ones are read in less than a second, every time.</param>
public sealed class RememberedHashes(string folder, long smallest = 1L << 28)
{
    // A change within the clock's tick of another leaves the same time: only what has been at rest is remembered.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>The hash of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads the file and gives its hash.</param>
    /// <returns>What <paramref name="read"/> gave when the file was as it is now.</returns>
    public byte[] Of(string path, Func<byte[]> read)
    {
        var state = FileState.Of(path);
        if (state is null || state.Length < smallest) return read();
        var full = Path.GetFullPath(path);
        var memory = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..16] + ".json");
        try
        {
            if (JsonFile.ReadIfThere<Remembered>(memory, "delete it") is { } known && known.Path == full && known.State == state.Identity) return Convert.FromHexString(known.Hash);
        }
        catch (Exception e) when (e is RunFolderException or IOException or UnauthorizedAccessException or FormatException)
        {
            // It is written anew.
        }
        var atRest = DateTimeOffset.UtcNow - state.Changed > Rest;
        var hash = read();
        if (atRest && FileState.Of(path) == state) Remember(memory, new(full, state.Identity, Convert.ToHexStringLower(hash)));
        return hash;
    }

    private static void Remember(string memory, Remembered hash)
    {
        try
        {
            JsonFile.Write(memory, hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then it is read again next time.
        }
    }

    private sealed record Remembered(string Path, string State, string Hash);
}
