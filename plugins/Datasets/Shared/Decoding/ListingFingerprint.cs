using System.Security.Cryptography;
using System.Text;

namespace Harness.Datasets.Decoding;

/// <summary>The fingerprint of a data set whose files are too many bytes to read: ImageNet has 150 GB.</summary>
internal static class ListingFingerprint
{
    /// <summary>
    /// SHA-256 over the images' relative names, lengths and labels, and the decoder's generation. A file replaced by another of the same name and length goes unnoticed.
    /// </summary>
    /// <param name="root">What the names are relative to: moving a set changes nothing.</param>
    /// <param name="images">All images of both splits, in a fixed order.</param>
    /// <exception cref="DatasetException">A file has vanished or cannot be read.</exception>
    public static string Of(string root, IEnumerable<ImageFile> images)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.UTF8.GetBytes($"decoder {ImageDecoder.Generation}\n"));
        foreach (var (path, label) in images)
            all.AppendData(Encoding.UTF8.GetBytes($"{Path.GetRelativePath(root, path).Replace('\\', '/')}\0{Length(path)}\0{label}\n"));
        return "listing-sha256:" + Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
