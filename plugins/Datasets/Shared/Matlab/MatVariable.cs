using System.Text;

namespace Harness.Datasets.Matlab;

/// <summary>An array in a MAT-file, of whatever kind is read: its name and dimensions at hand, what it holds read as a stream, column by column.</summary>
internal abstract class MatVariable(string name, int[] dimensions)
{
    // The classes of arrays of numbers are double to uint32 and both 64-bit integers; cells, objects and sparse arrays are not read.
    private const uint StructureClass = 2;
    private const uint TextClass = 4;
    private const uint FirstNumericClass = 6;
    private const uint LastNumericClass = 15;
    private const int MostDimensions = 32;
    private const int LongestName = 255;

    /// <summary>The variable's name; a field's value has none.</summary>
    public string Name { get; } = name;

    /// <summary>Its dimensions, the one that varies fastest first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>Reads what comes before the data.</summary>
    /// <param name="element">The element of the array.</param>
    /// <returns>The array, or null where it is of a kind that is not read.</returns>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public static MatVariable? Open(MatElement element)
    {
        var flags = element.Short([MatNumber.UInt32], 8, "the flags");
        if (flags.Length != 8) throw element.Damaged($"the flags of an array have {flags.Length} bytes, where 8 are due");
        var kind = (uint)element.Number(flags, MatNumber.UInt32) % 256;
        if (kind is not (StructureClass or TextClass or (>= FirstNumericClass and <= LastNumericClass))) return null;

        var sizes = element.Short([MatNumber.Int32], 4 * MostDimensions, "the dimensions");
        var dimensions = new int[sizes.Length / 4];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = (int)element.Number(sizes.AsSpan(4 * i), MatNumber.Int32);
        if (dimensions.Length < 2 || 4 * dimensions.Length != sizes.Length || dimensions.Any(size => size < 0)) throw element.Damaged($"an array has the dimensions {string.Join(" x ", dimensions)}");

        var name = Encoding.Latin1.GetString(element.Short([MatNumber.Int8, MatNumber.UInt8], LongestName, "the name"));
        return kind switch
        {
            StructureClass => new MatStructures(element, name, dimensions),
            TextClass => new MatText(element, name, dimensions),
            _ => new MatArray(element, name, dimensions),
        };
    }

    /// <summary>The product of the dimensions, which can be beyond any integer type; it is compared as it grows.</summary>
    /// <param name="most">The most it may be, below 2^32.</param>
    /// <returns>The product, or more than <paramref name="most"/> where it is more.</returns>
    protected long Product(long most)
    {
        if (Dimensions.Contains(0)) return 0;
        var product = 1L;
        foreach (var size in Dimensions)
        {
            product *= size;
            if (product > most) break;
        }
        return product;
    }
}
