using System.Buffers.Binary;
using System.IO.Compression;

namespace Harness.Datasets.Matlab;

/// <summary>
/// A MAT-file of level 5, MATLAB's format since version 5 (MATLAB, "MAT-File Format"): a header of 128 bytes, then elements, each a tag of type and
/// length and its data. Arrays lie in elements of their own, plain or compressed with zlib. They are read one after the other as a stream; no length that
/// the file claims is believed beyond what the bytes there can hold.
/// </summary>
internal sealed class MatFile : IDisposable
{
    private const int HeaderBytes = 128;
    private const int TagBytes = 8;
    private const uint Compressed = 15;

    // Deflate makes at most 1032 bytes of one.
    private const long LargestExpansion = 1032;

    private readonly string path;
    private readonly FileStream file;
    private readonly bool bigEndian;
    private long next = HeaderBytes;
    private ZLibStream? inflated;

    /// <summary>Reads what is wanted of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it and keeps nothing of it open.</param>
    /// <returns>What <paramref name="read"/> returns.</returns>
    /// <exception cref="DatasetException">The file cannot be read, is damaged, or is refused by <paramref name="read"/>.</exception>
    public static T Read<T>(string path, Func<MatFile, T> read)
    {
        try
        {
            using var file = new MatFile(path);
            return read(file);
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, $"'{path}' is damaged: its zlib data cannot be decompressed ({e.Message.TrimEnd('.')}); get the file again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Opens a file and checks its header.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DatasetException">It is no MAT-file of level 5.</exception>
    public MatFile(string path)
    {
        this.path = path;
        file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            bigEndian = IsBigEndian();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The next array of numbers, letters or structures, or null at the end of the file. What was not read of the array before is passed over; so are arrays of anything else.</summary>
    /// <returns>The array, which can be read until this is called again.</returns>
    /// <exception cref="DatasetException">The file is truncated or damaged.</exception>
    /// <exception cref="InvalidDataException">Compressed data cannot be decompressed.</exception>
    public MatVariable? Next()
    {
        while (next < file.Length)
        {
            if (MatVariable.Open(NextMatrix()) is { } array) return array;
        }
        return null;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        inflated?.Dispose();
        file.Dispose();
    }

    private MatElement NextMatrix()
    {
        var start = next;
        file.Position = start;
        var left = file.Length - start;
        if (left < TagBytes) throw Truncated(left, "the tag of an element");
        var (type, length) = Tag(file);
        left -= TagBytes;
        if (type is not (MatElement.Matrix or Compressed)) throw new DatasetException(path, $"'{path}' is damaged: its element at byte {start:N0} has the type {type}, where arrays have {MatElement.Matrix} or {Compressed}.");
        if (length > left) throw Truncated(left, $"an element of {length:N0} bytes");
        next = start + TagBytes + length;
        return type == MatElement.Matrix ? new(file, length, alone: false, bigEndian, path) : Inflate(length);
    }

    private MatElement Inflate(uint length)
    {
        inflated?.Dispose();
        inflated = new(new StreamSlice(file, length), CompressionMode.Decompress);
        var (type, claimed) = Tag(inflated);
        if (type != MatElement.Matrix) throw new DatasetException(path, $"'{path}' is damaged: a compressed element holds the type {type}, where an array has {MatElement.Matrix}.");
        if (claimed > length * LargestExpansion) throw new DatasetException(path, $"'{path}' is damaged: {length:N0} compressed bytes cannot hold the {claimed:N0} that they claim.");
        return new(inflated, claimed, alone: true, bigEndian, path);
    }

    private (uint Type, uint Length) Tag(Stream stream)
    {
        Span<byte> tag = stackalloc byte[TagBytes];
        var read = stream.ReadAtLeast(tag, TagBytes, throwOnEndOfStream: false);
        if (read < TagBytes) throw Truncated(read, "the tag of an element");
        return bigEndian
            ? (BinaryPrimitives.ReadUInt32BigEndian(tag), BinaryPrimitives.ReadUInt32BigEndian(tag[4..]))
            : (BinaryPrimitives.ReadUInt32LittleEndian(tag), BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]));
    }

    private bool IsBigEndian()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (read < HeaderBytes) throw Truncated(read, $"the header of {HeaderBytes}");
        // Version 0x0100 and "MI" as two 16-bit numbers, in the order of the machine that wrote them.
        return header[124..] switch
        {
            [0x00, 0x01, (byte)'I', (byte)'M'] => false,
            [0x01, 0x00, (byte)'M', (byte)'I'] => true,
            [0x00, 0x02, (byte)'I', (byte)'M'] => throw new DatasetException(path, $"'{path}' is a MAT-file of version 7.3 (HDF5), where version 5 is read."),
            _ => throw new DatasetException(path, $"'{path}' is no MAT-file: bytes 124 to 127 are {Convert.ToHexString(header[124..])}, where 0001494D (or 01004D49, big-endian) are due."),
        };
    }

    private DatasetException Truncated(long left, string due) => new(path, $"'{path}' is truncated: it ends {left:N0} bytes into {due}.");
}
