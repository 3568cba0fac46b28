using System.IO.Compression;
using System.Text;

namespace Harness.Reporting;

/// <summary>Long text in the page as base64 of gzip, which the page's script takes apart: a third of the size, and nothing of it can be read as markup.</summary>
internal static class Compressed
{
    /// <summary>Packs a text.</summary>
    /// <param name="write">Writes the text in UTF-8.</param>
    /// <returns>ASCII.</returns>
    public static byte[] Of(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) write(gzip);
        return Encoding.ASCII.GetBytes(Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length));
    }
}
