using System.Buffers.Binary;

namespace Harness.Datasets.Matlab;

/// <summary>The data of one array's element, read from front to back: more elements, which never reach beyond it.</summary>
/// <param name="stream">Gives the data.</param>
/// <param name="length">Bytes of data.</param>
/// <param name="alone">Whether the stream ends with it.</param>
/// <param name="bigEndian">Whether the first byte of a number is its highest.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class MatElement(Stream stream, long length, bool alone, bool bigEndian, string path)
{
    /// <summary>The type of an element that is an array.</summary>
    public const uint Matrix = 14;

    private MatElement? inner;
    private int innerPadding;

    /// <summary>Bytes not read yet.</summary>
    public long Left { get; private set; } = length;

    /// <summary>Whether the first byte of a number is its highest.</summary>
    public bool BigEndian => bigEndian;

    /// <summary>
    /// Reads a tag: type and length in 4 bytes each, or both in 2 bytes each of one number, the small form, after which at most 4 bytes of data and as many of
    /// padding as make 4 follow.
    /// </summary>
    /// <returns>Type and length of the data, and the bytes of padding after it.</returns>
    public (uint Type, uint Length, int Padding) Tag()
    {
        var first = UInt32();
        var small = first >> 16;
        if (small > 4) throw Damaged($"a small element claims {small:N0} bytes, and 4 are the most");
        if (small > 0) return (first & 0xFFFF, small, (int)(4 - small));
        var size = UInt32();
        return size <= Left ? (first, size, (int)(-size & 7)) : throw Damaged($"an element claims {size:N0} bytes where {Left:N0} are left");
    }

    /// <summary>Reads all data of a short element with its tag and padding.</summary>
    /// <param name="types">The types it may have.</param>
    /// <param name="most">The most bytes it may have.</param>
    /// <param name="what">What it is, for messages.</param>
    public byte[] Short(ReadOnlySpan<MatNumber> types, int most, string what)
    {
        var (type, size, padding) = Tag();
        if (!types.Contains((MatNumber)type)) throw Damaged($"{what} of an array has the type {type}, where {(int)types[0]} is due");
        if (size > most) throw Damaged($"{what} of an array has {size:N0} bytes, where {most} are the most");
        var data = new byte[size];
        Fill(data);
        Skip(padding);
        return data;
    }

    /// <summary>Reads bytes of data.</summary>
    public void Fill(Span<byte> data)
    {
        if (data.Length > Left || stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length) throw Damaged("an array ends within its data");
        Left -= data.Length;
    }

    /// <summary>Reads padding, which some writers leave out at the end of an array.</summary>
    public void Skip(int padding)
    {
        Span<byte> unused = stackalloc byte[8];
        Fill(unused[..(int)Math.Min(padding, Left)]);
    }

    /// <summary>The next array within this one. What was not read of the one before is passed over.</summary>
    /// <returns>Its element, which can be read until this is called again.</returns>
    public MatElement Inner()
    {
        PassOverInner();
        (var type, var size, innerPadding) = Tag();
        if (type != Matrix) throw Damaged($"an array holds an element of the type {type}, where arrays have {Matrix}");
        if (size > Left) throw Damaged($"an element claims {size:N0} bytes where {Left:N0} are left");
        Left -= size;
        return inner = new(stream, size, alone: false, bigEndian, path);
    }

    /// <summary>Passes over what was not read of the array within this one that was begun last, and its padding.</summary>
    public void PassOverInner()
    {
        inner?.PassOver();
        inner = null;
        Skip(innerPadding);
        innerPadding = 0;
    }

    /// <summary>Checks that all has been read, which makes a decompressor compare its checksum.</summary>
    public void End()
    {
        if (Left > 0) throw Damaged($"{Left:N0} bytes follow the data of an array");
        if (alone && stream.ReadByte() >= 0) throw Damaged("a compressed array is longer than it claims");
    }

    /// <summary>What to throw where the file is not what it should be.</summary>
    /// <param name="how">What is wrong, in words that follow "'FILE' is damaged: ".</param>
    public DatasetException Damaged(string how) => new(path, $"'{path}' is damaged: {how}.");

    /// <summary>One number out of bytes read before.</summary>
    /// <param name="bytes">Starts with it.</param>
    /// <param name="type">How it is stored.</param>
    public double Number(ReadOnlySpan<byte> bytes, MatNumber type) => (type, bigEndian) switch
    {
        (MatNumber.Int8, _) => (sbyte)bytes[0],
        (MatNumber.UInt8, _) => bytes[0],
        (MatNumber.Int16, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        (MatNumber.Int16, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        (MatNumber.UInt16, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (MatNumber.UInt16, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (MatNumber.Int32, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        (MatNumber.Int32, false) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        (MatNumber.UInt32, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (MatNumber.UInt32, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (MatNumber.Single, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (MatNumber.Single, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (MatNumber.Double, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        (MatNumber.Double, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => throw Damaged($"numbers are stored as type {(int)type}"),
    };

    private void PassOver()
    {
        PassOverInner();
        Span<byte> unused = stackalloc byte[512];
        while (Left > 0) Fill(unused[..(int)Math.Min(unused.Length, Left)]);
    }

    private uint UInt32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Fill(bytes);
        return (uint)Number(bytes, MatNumber.UInt32);
    }
}
