using System.Security.Cryptography;
using System.Text;

namespace Harness.Torch;

/// <summary>Tells builds of libtorch apart without reading their gigabytes: name, length, first and last mebibyte of each library.</summary>
public static class LibtorchFingerprint
{
    private const int Piece = 1 << 20;

    /// <summary>The fingerprint of the libraries in a folder, lower-case hex.</summary>
    /// <param name="folder">The folder of libtorch.</param>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[Piece];
        foreach (var library in Libtorch.LibrariesOf(folder))
        {
            using var file = File.OpenRead(library);
            hash.AppendData(Encoding.UTF8.GetBytes($"{Path.GetFileName(library)} {file.Length}\n"));
            foreach (var start in new[] { 0, Math.Max(0, file.Length - Piece) })
            {
                file.Position = start;
                hash.AppendData(piece, 0, file.ReadAtLeast(piece, Piece, throwOnEndOfStream: false));
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
