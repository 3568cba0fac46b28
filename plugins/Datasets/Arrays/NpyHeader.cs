using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Harness.Datasets.Arrays;

/// <summary>
/// The header of NumPy's .npy format (numpy.lib.format): the magic, the version, the header's length, and the literal of a Python dictionary
/// with 'descr', 'fortran_order' and 'shape'.
/// </summary>
/// <param name="Type">Type of the numbers.</param>
/// <param name="Shape">The dimensions; not yet checked against any length.</param>
/// <param name="Bytes">Bytes of data that follow.</param>
internal sealed partial record NpyHeader(ElementType Type, IReadOnlyList<long> Shape, long Bytes)
{
    private const int LongestHeader = 65_535;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["u1"] = ElementType.UInt8,
        ["i1"] = ElementType.Int8,
        ["u2"] = ElementType.UInt16,
        ["i2"] = ElementType.Int16,
        ["u4"] = ElementType.UInt32,
        ["i4"] = ElementType.Int32,
        ["u8"] = ElementType.UInt64,
        ["i8"] = ElementType.Int64,
        ["f2"] = ElementType.Float16,
        ["f4"] = ElementType.Float32,
        ["f8"] = ElementType.Float64,
    };

    /// <summary>Reads it and leaves the stream at the data.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not read.</exception>
    public static NpyHeader Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, 8, throwOnEndOfStream: false) < 8 || !start[..6].SequenceEqual(Magic))
            throw new InvalidDataException("it is no NumPy array: those start with \\x93NUMPY");
        var sizeBytes = start[6] switch
        {
            1 => 2,
            2 or 3 => 4,
            _ => throw new InvalidDataException($"it is of version {start[6]}.{start[7]} of NumPy's format; 1, 2 and 3 are read"),
        };
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        Fill(stream, size[..sizeBytes]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > LongestHeader) throw new InvalidDataException($"its header states a length of {length:N0} bytes, and plain arrays have less than {LongestHeader:N0}");
        var text = new byte[length];
        Fill(stream, text);
        return Parse(Encoding.Latin1.GetString(text));
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new InvalidDataException("it is truncated within its header");
    }

    private static NpyHeader Parse(string text)
    {
        if (!Dictionary().IsMatch(text) || !Descr().IsMatch(text) || !FortranOrder().IsMatch(text) || !ShapeTuple().IsMatch(text))
            throw new InvalidDataException("its header is not the dictionary of 'descr', 'fortran_order' and 'shape' that a plain array has");
        var type = Descr().Match(text).Groups[1].Value;
        if (type.Length < 2 || type[0] is not ('<' or '|' or '=') || !Types.TryGetValue(type[1..], out var element))
            throw new InvalidDataException($"its numbers have the type '{type}'; little-endian integers and floats are read, such as '|u1', '<i8' and '<f4'");
        if (FortranOrder().Match(text).Groups[1].Value == "True")
            throw new InvalidDataException("it is in Fortran order: save numpy.ascontiguousarray(array) instead");
        var shape = new List<long>();
        foreach (var number in ShapeTuple().Match(text).Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            shape.Add(long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var dimension)
                ? dimension
                : throw new InvalidDataException($"its shape has the dimension {number}, which is no possible one"));
        }
        return new(element, shape, NumericArray.BytesOf(element, shape));
    }

    // Three entries as Python writes them, in any order; that each key is among them is looked for one by one.
    [GeneratedRegex("""^\{(\s*('descr':\s*'[^']{0,20}'|'fortran_order':\s*(True|False)|'shape':\s*\([\d,\s]*\)),?){3}\s*\}\s*$""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Dictionary();

    [GeneratedRegex("""'descr':\s*'([^']*)'""", RegexOptions.CultureInvariant)]
    private static partial Regex Descr();

    [GeneratedRegex("""'fortran_order':\s*(\w+)""", RegexOptions.CultureInvariant)]
    private static partial Regex FortranOrder();

    [GeneratedRegex("""'shape':\s*\(([^)]*)\)""", RegexOptions.CultureInvariant)]
    private static partial Regex ShapeTuple();
}
