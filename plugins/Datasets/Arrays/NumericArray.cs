using System.Buffers.Binary;

namespace Harness.Datasets.Arrays;

/// <summary>An array as a file holds it: C order, little-endian.</summary>
/// <param name="Type">Type of its numbers.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Data">Its bytes, exactly as many as type and shape need.</param>
internal sealed record NumericArray(ElementType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Most bytes an array may have: what one .NET array holds.</summary>
    public const long MostBytes = 2_147_483_591;

    /// <summary>Its dimensions as people write them.</summary>
    public string Dimensions => Format(Shape.Select(n => (long)n));

    /// <summary>True for floating point.</summary>
    public bool IsFloat => Type is ElementType.Float16 or ElementType.Float32 or ElementType.Float64;

    /// <summary>Bytes of one number.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 => 1,
        ElementType.UInt16 or ElementType.Int16 or ElementType.Float16 => 2,
        ElementType.UInt32 or ElementType.Int32 or ElementType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Bytes that type and shape need.</summary>
    /// <exception cref="InvalidDataException">A dimension is negative, or they are more than can be held.</exception>
    public static long BytesOf(ElementType type, IReadOnlyList<long> shape)
    {
        Int128 bytes = SizeOf(type);
        foreach (var dimension in shape)
        {
            if (dimension is < 0 or > int.MaxValue) throw new InvalidDataException($"it states the shape {Format(shape)}, of which {dimension} is no possible dimension");
            bytes *= dimension;
            if (bytes > MostBytes) throw new InvalidDataException($"it states the shape {Format(shape)}, which needs more than the {MostBytes:N0} bytes an array may have");
        }
        return (long)bytes;
    }

    /// <summary>One number of an integer type.</summary>
    /// <param name="index">Its place in C order.</param>
    public Int128 Integer(int index)
    {
        var data = Data.Span[(index * SizeOf(Type))..];
        return Type switch
        {
            ElementType.UInt8 => data[0],
            ElementType.Int8 => (sbyte)data[0],
            ElementType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(data),
            ElementType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(data),
            ElementType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(data),
            ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(data),
            ElementType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(data),
            ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(data),
            _ => throw new InvalidOperationException($"{Type} is no integer type."),
        };
    }

    /// <summary>One number of a floating-point type.</summary>
    /// <param name="index">Its place in C order.</param>
    public double Float(int index)
    {
        var data = Data.Span[(index * SizeOf(Type))..];
        return Type switch
        {
            ElementType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(data),
            ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(data),
            ElementType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(data),
            _ => throw new InvalidOperationException($"{Type} is no floating-point type."),
        };
    }

    private static string Format(IEnumerable<long> shape) => string.Join(" x ", shape) is { Length: > 0 } text ? text : "of a single number";
}
