using System.Text;

namespace Harness.Datasets.Svhn;

/// <summary>An array of real numbers in a MAT-file: its name and dimensions at hand, its numbers read as a stream, column by column.</summary>
internal sealed class MatArray
{
    // The classes of arrays of numbers, double to uint32 and both 64-bit integers; below are cells, structures, objects, texts and sparse arrays.
    private const byte FirstNumericClass = 6;
    private const byte LastNumericClass = 15;
    private const int MostDimensions = 32;
    private const int LongestName = 255;

    private readonly MatElement element;
    private readonly long count;
    private readonly int padding;
    private long read;

    private MatArray(MatElement element, string name, int[] dimensions)
    {
        this.element = element;
        Name = name;
        Dimensions = dimensions;
        (var type, var bytes, padding) = element.Tag();
        StoredAs = (MatNumber)type;
        if (StoredAs.Bytes() == 0) throw element.Damaged($"the numbers of {name} are stored as type {type}");
        count = bytes / StoredAs.Bytes();
        if (count * StoredAs.Bytes() != bytes || !IsCount(count)) throw element.Damaged($"{name} claims {string.Join(" x ", dimensions)} numbers in {bytes:N0} bytes of {StoredAs}");
    }

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>Its dimensions, the one that varies fastest first.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    /// <summary>How its numbers are stored: as its class is, or smaller where all of them fit.</summary>
    public MatNumber StoredAs { get; }

    /// <summary>Reads what comes before the numbers.</summary>
    /// <param name="element">The element of the array.</param>
    /// <returns>The array, or null where it is none of numbers.</returns>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public static MatArray? Open(MatElement element)
    {
        var flags = element.Short([MatNumber.UInt32], 8, "the flags");
        if (flags.Length != 8) throw element.Damaged($"the flags of an array have {flags.Length} bytes, where 8 are due");
        if ((uint)element.Number(flags, MatNumber.UInt32) % 256 is < FirstNumericClass or > LastNumericClass) return null;

        var sizes = element.Short([MatNumber.Int32], 4 * MostDimensions, "the dimensions");
        var dimensions = new int[sizes.Length / 4];
        for (var i = 0; i < dimensions.Length; i++) dimensions[i] = (int)element.Number(sizes.AsSpan(4 * i), MatNumber.Int32);
        if (dimensions.Length < 2 || 4 * dimensions.Length != sizes.Length || dimensions.Any(size => size < 0)) throw element.Damaged($"an array has the dimensions {string.Join(" x ", dimensions)}");

        var name = Encoding.Latin1.GetString(element.Short([MatNumber.Int8, MatNumber.UInt8], LongestName, "the name"));
        return new(element, name, dimensions);
    }

    /// <summary>Reads the next numbers of an array that is stored in bytes. With the last of them the end of the array is checked.</summary>
    /// <param name="numbers">Receives them; no longer than what is left.</param>
    /// <exception cref="DatasetException">The array is damaged.</exception>
    public void ReadBytes(Span<byte> numbers)
    {
        element.Fill(numbers);
        read += numbers.Length;
        if (read == count * StoredAs.Bytes()) End();
    }

    /// <summary>Reads all numbers and checks the end of the array.</summary>
    /// <exception cref="DatasetException">The array is damaged.</exception>
    public double[] ReadNumbers()
    {
        var numbers = new double[count];
        Span<byte> number = stackalloc byte[8];
        number = number[..StoredAs.Bytes()];
        for (var i = 0; i < numbers.Length; i++)
        {
            element.Fill(number);
            numbers[i] = element.Number(number, StoredAs);
        }
        End();
        return numbers;
    }

    private void End()
    {
        element.Skip(padding);
        element.End();
    }

    // The product can be beyond any integer type; it is compared as it grows.
    private bool IsCount(long numbers)
    {
        if (Dimensions.Contains(0)) return numbers == 0;
        var product = 1L;
        foreach (var size in Dimensions)
        {
            product *= size;
            if (product > numbers) return false;
        }
        return product == numbers;
    }
}
