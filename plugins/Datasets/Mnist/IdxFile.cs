using System.Buffers.Binary;
using System.IO.Compression;

namespace Harness.Datasets.Mnist;

/// <summary>
/// The IDX format of unsigned bytes: two zero bytes, the type code 0x08, the number of dimensions, each dimension as a big-endian 32-bit
/// integer, then the bytes (LeCun, "The MNIST database"). As it is or within gzip, which is recognised by its content.
/// </summary>
internal static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    /// <summary>Reads a file that must have exactly the given dimensions. What it claims of itself never decides how much memory is taken.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">What it must hold: count, or count x height x width.</param>
    /// <param name="content">What it must hold, for messages: "images" or "labels".</param>
    /// <returns>Its data, as many bytes as the product of the dimensions.</returns>
    /// <exception cref="DatasetException">It cannot be read, or holds anything else.</exception>
    public static byte[] Read(string path, ReadOnlySpan<int> dimensions, string content)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            if (!IsGzip(file)) return Read(file, path, dimensions, content);
            using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return Read(gzip, path, dimensions, content);
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

    private static byte[] Read(Stream stream, string path, ReadOnlySpan<int> dimensions, string content)
    {
        CheckHeader(stream, path, dimensions, content);
        var length = 1;
        foreach (var dimension in dimensions) length = checked(length * dimension);

        var data = new byte[length];
        var read = stream.ReadAtLeast(data, length, throwOnEndOfStream: false);
        if (read < length)
        {
            throw new DatasetException(path, $"'{path}' is truncated: {read:N0} bytes of {content} follow its header, where {length:N0} ({Product(dimensions)}) are due.");
        }
        if (stream.ReadByte() >= 0)
        {
            throw new DatasetException(path, $"'{path}' is longer than its header states: more than {length:N0} bytes ({Product(dimensions)}) follow the header.");
        }
        return data;
    }

    private static void CheckHeader(Stream stream, string path, ReadOnlySpan<int> dimensions, string content)
    {
        Span<byte> magic = stackalloc byte[4];
        CheckLength(stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false), 4, path, content);
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new DatasetException(path, $"'{path}' is no IDX file: it starts with bytes {Hex(magic)}, where {Hex([0, 0, UnsignedByte, (byte)dimensions.Length])} are due.");
        }
        if (magic[2] != UnsignedByte)
        {
            throw new DatasetException(path, $"'{path}' has the IDX type code 0x{magic[2]:X2}, where {content} have 0x{UnsignedByte:X2} (unsigned bytes).");
        }
        if (magic[3] != dimensions.Length)
        {
            var hint = (content, magic[3]) switch
            {
                ("images", 1) => "; it may be a file of labels",
                ("labels", 3) => "; it may be a file of images",
                _ => "",
            };
            throw new DatasetException(path, $"'{path}' states {magic[3]} dimensions in its IDX header, where {content} have {dimensions.Length}{hint}.");
        }

        Span<byte> sizes = stackalloc byte[4 * dimensions.Length];
        CheckLength(4 + stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false), 4 + sizes.Length, path, content);
        var stated = new uint[dimensions.Length];
        var agree = true;
        for (var i = 0; i < stated.Length; i++)
        {
            stated[i] = BinaryPrimitives.ReadUInt32BigEndian(sizes[(4 * i)..]);
            agree &= stated[i] == dimensions[i];
        }
        if (!agree) throw new DatasetException(path, $"'{path}' states {string.Join(" x ", stated)} {content} in its header, where this data set has {Product(dimensions)}.");
    }

    private static void CheckLength(int read, int due, string path, string content)
    {
        if (read < due) throw new DatasetException(path, $"'{path}' is truncated: it ends after {read} bytes, within the IDX header of its {content}.");
    }

    private static bool IsGzip(Stream file)
    {
        Span<byte> start = stackalloc byte[2];
        var read = file.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return read == 2 && start[0] == 0x1F && start[1] == 0x8B;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes);

    private static string Product(ReadOnlySpan<int> dimensions) => string.Join(" x ", dimensions.ToArray());
}
