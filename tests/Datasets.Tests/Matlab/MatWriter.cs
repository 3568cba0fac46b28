using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Datasets.Tests.Matlab;

/// <summary>Makes MAT-files of level 5, byte by byte as the format says.</summary>
/// <param name="bigEndian">Order of the bytes of a number.</param>
internal sealed class MatWriter(bool bigEndian = false)
{
    public const int Int8 = 1, UInt8 = 2, UInt16 = 4, Int32 = 5, UInt32 = 6, Double = 9, MatrixType = 14, CompressedType = 15, Utf8 = 16;
    public const int UInt8Class = 9, DoubleClass = 6, CellClass = 1, StructureClass = 2, TextClass = 4;

    /// <summary>The header, then elements.</summary>
    public byte[] File(params byte[][] elements) =>
        [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file, made by a test".PadRight(116)), .. new byte[8], .. bigEndian ? "\x01\0MI"u8 : "\0\x01IM"u8, .. elements.SelectMany(bytes => bytes)];

    /// <summary>An element of a type: tag, data, padding to 8 bytes.</summary>
    public byte[] Element(int type, byte[] data) => [.. Number(type), .. Number(data.Length), .. data, .. new byte[-data.Length & 7]];

    /// <summary>An element in the small form: type and length share 4 bytes, and at most 4 bytes of data follow.</summary>
    public byte[] Small(int type, byte[] data) => [.. Number(data.Length << 16 | type), .. data, .. new byte[4 - data.Length]];

    /// <summary>An element as MATLAB writes it: small where it fits.</summary>
    public byte[] Compact(int type, byte[] data) => data.Length is > 0 and <= 4 ? Small(type, data) : Element(type, data);

    /// <summary>An array out of elements.</summary>
    public byte[] Matrix(int arrayClass, int[] dimensions, byte[] name, params byte[][] parts) =>
        Element(MatrixType, [.. Element(UInt32, [.. Number(arrayClass), .. Number(0)]), .. Element(Int32, Numbers(dimensions)), .. name, .. parts.SelectMany(bytes => bytes)]);

    /// <summary>An array of bytes as MATLAB writes it.</summary>
    public byte[] Bytes(string name, int[] dimensions, byte[] values) => Matrix(UInt8Class, dimensions, Name(name), Compact(UInt8, values));

    /// <summary>An array of doubles, stored as such.</summary>
    public byte[] Doubles(string name, int[] dimensions, params double[] values) => Matrix(DoubleClass, dimensions, Name(name), Element(Double, Stored(values)));

    /// <summary>One row of letters as MATLAB writes it.</summary>
    public byte[] Text(string name, string letters) =>
        Matrix(TextClass, [1, letters.Length], Name(name), Compact(UInt16, [.. letters.SelectMany(letter => Ordered(2, bytes => BinaryPrimitives.WriteUInt16BigEndian(bytes, letter)))]));

    /// <summary>An array of structures: the names of the fields in 32 bytes each, then the values, which have no names.</summary>
    public byte[] Structures(string name, int[] dimensions, string[] fields, params byte[][] values) => Matrix(
        StructureClass,
        dimensions,
        Name(name),
        [Small(Int32, Number(32)), Element(Int8, [.. fields.SelectMany(field => Encoding.ASCII.GetBytes(field.PadRight(32, '\0')))]), .. values]);

    public byte[] Name(string name) => Compact(Int8, Encoding.ASCII.GetBytes(name));

    /// <summary>An element compressed, which has no padding.</summary>
    public byte[] Compressed(byte[] element)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(element);
        var bytes = packed.ToArray();
        return [.. Number(CompressedType), .. Number(bytes.Length), .. bytes];
    }

    public byte[] Stored(params double[] values) => [.. values.SelectMany(value => Ordered(8, bytes => BinaryPrimitives.WriteDoubleBigEndian(bytes, value)))];

    public byte[] Numbers(params int[] values) => [.. values.SelectMany(Number)];

    public byte[] Number(int value) => Ordered(4, bytes => BinaryPrimitives.WriteInt32BigEndian(bytes, value));

    /// <summary>A number of any width, written big-endian and turned where the file is not.</summary>
    public byte[] Ordered(int width, Action<byte[]> write)
    {
        var bytes = new byte[width];
        write(bytes);
        if (!bigEndian) Array.Reverse(bytes);
        return bytes;
    }
}
