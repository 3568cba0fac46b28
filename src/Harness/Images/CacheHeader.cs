using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Harness.Images;

/// <summary>
/// What a cache file starts with, little-endian: 8 bytes of magic with the version of the format, the key (32), count, channels, height, width (4 x int32), pixels of
/// a channel (int64), each channel's sum and sum of squares (2 C x int64), each label (N x int32), each image's XXH3 (N x uint64), and XXH3 of all
/// that. The images follow, one after the other, and end the file.
/// </summary>
internal sealed record CacheHeader
{
    private const int FixedBytes = 8 + 32 + 4 * sizeof(int) + sizeof(long);
    private const int MostChannels = 1024;

    /// <summary>SHA-256 over all that decides the images.</summary>
    public required byte[] Key { get; init; }

    /// <summary>Shape of every image.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>The label of every image.</summary>
    public required int[] Labels { get; init; }

    /// <summary>Sums over all images.</summary>
    public required PixelSums Sums { get; init; }

    /// <summary>XXH3 of every image.</summary>
    public required ulong[] Hashes { get; init; }

    /// <summary>Bytes of the header.</summary>
    public long Length => LengthOf(Shape.Channels, Labels.Length);

    /// <summary>Bytes of the whole file.</summary>
    public long FileLength => Length + (long)Labels.Length * Shape.Bytes;

    private static ReadOnlySpan<byte> Magic => "HNCIMG\0\x01"u8;

    /// <summary>Bytes of a header.</summary>
    /// <param name="channels">Number of channels C.</param>
    /// <param name="count">Number of images N.</param>
    public static long LengthOf(int channels, int count) => FixedBytes + 2L * channels * sizeof(long) + (long)count * (sizeof(int) + sizeof(ulong)) + sizeof(ulong);

    /// <summary>Writes it at the start of a file.</summary>
    public void Write(Stream file)
    {
        var bytes = new byte[Length];
        var rest = bytes.AsSpan();
        Magic.CopyTo(Next(ref rest, 8));
        Key.CopyTo(Next(ref rest, 32));
        foreach (var number in (ReadOnlySpan<int>)[Labels.Length, Shape.Channels, Shape.Height, Shape.Width]) BinaryPrimitives.WriteInt32LittleEndian(Next(ref rest, sizeof(int)), number);
        BinaryPrimitives.WriteInt64LittleEndian(Next(ref rest, sizeof(long)), Sums.Pixels);
        MemoryMarshal.AsBytes(Sums.Sums.AsSpan()).CopyTo(Next(ref rest, Shape.Channels * sizeof(long)));
        MemoryMarshal.AsBytes(Sums.Squares.AsSpan()).CopyTo(Next(ref rest, Shape.Channels * sizeof(long)));
        MemoryMarshal.AsBytes(Labels.AsSpan()).CopyTo(Next(ref rest, Labels.Length * sizeof(int)));
        MemoryMarshal.AsBytes(Hashes.AsSpan()).CopyTo(Next(ref rest, Labels.Length * sizeof(ulong)));
        BinaryPrimitives.WriteUInt64LittleEndian(rest, XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - sizeof(ulong))));
        file.Position = 0;
        file.Write(bytes);
    }

    /// <summary>Reads it. What it claims never takes more memory than the file is long.</summary>
    /// <param name="file">At its start.</param>
    /// <param name="key">What it must be a cache of.</param>
    /// <exception cref="InvalidDataException">It is damaged or truncated, or a cache of other images.</exception>
    public static CacheHeader Read(Stream file, byte[] key)
    {
        var start = new byte[FixedBytes];
        Fill(file, start);
        var rest = start.AsSpan();
        if (!Next(ref rest, 8).SequenceEqual(Magic)) throw new InvalidDataException("it is no cache of this version");
        if (!Next(ref rest, 32).SequenceEqual(key)) throw new InvalidDataException("it is a cache of other images");
        int count = Number(ref rest), channels = Number(ref rest), height = Number(ref rest), width = Number(ref rest);
        if (count < 0 || channels is <= 0 or > MostChannels || height <= 0 || width <= 0 || (Int128)channels * height * width > int.MaxValue
            || LengthOf(channels, count) + (Int128)count * channels * height * width != file.Length)
            throw new InvalidDataException("it has another length than its header states");
        var bytes = new byte[LengthOf(channels, count)];
        start.CopyTo(bytes, 0);
        Fill(file, bytes.AsSpan(FixedBytes));
        if (XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - sizeof(ulong))) != BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - sizeof(ulong))))
            throw new InvalidDataException("the checksum of its header is wrong");

        var sums = new PixelSums(channels) { Pixels = BinaryPrimitives.ReadInt64LittleEndian(rest) };
        rest = bytes.AsSpan(FixedBytes);
        Next(ref rest, channels * sizeof(long)).CopyTo(MemoryMarshal.AsBytes(sums.Sums.AsSpan()));
        Next(ref rest, channels * sizeof(long)).CopyTo(MemoryMarshal.AsBytes(sums.Squares.AsSpan()));
        var labels = MemoryMarshal.Cast<byte, int>(Next(ref rest, count * sizeof(int))).ToArray();
        var hashes = MemoryMarshal.Cast<byte, ulong>(Next(ref rest, count * sizeof(ulong))).ToArray();
        return new() { Key = key, Shape = new(channels, height, width), Labels = labels, Sums = sums, Hashes = hashes };
    }

    private static Span<byte> Next(ref Span<byte> rest, int length)
    {
        var next = rest[..length];
        rest = rest[length..];
        return next;
    }

    private static int Number(ref Span<byte> rest) => BinaryPrimitives.ReadInt32LittleEndian(Next(ref rest, sizeof(int)));

    private static void Fill(Stream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException("it is truncated within its header");
    }
}
