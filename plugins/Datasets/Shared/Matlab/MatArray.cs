namespace Harness.Datasets.Matlab;

/// <summary>An array of real numbers in a MAT-file.</summary>
internal sealed class MatArray : MatVariable
{
    private readonly MatElement element;
    private readonly long count;
    private readonly int padding;
    private long read;

    /// <summary>Reads the tag of the numbers.</summary>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public MatArray(MatElement element, string name, int[] dimensions) : base(name, dimensions)
    {
        this.element = element;
        (var type, var bytes, padding) = element.Tag();
        StoredAs = (MatNumber)type;
        if (StoredAs.Bytes() == 0) throw element.Damaged($"the numbers of {name} are stored as type {type}");
        count = bytes / StoredAs.Bytes();
        if (count * StoredAs.Bytes() != bytes || Product(count) != count) throw element.Damaged($"{name} claims {string.Join(" x ", dimensions)} numbers in {bytes:N0} bytes of {StoredAs}");
    }

    /// <summary>How its numbers are stored: as its class is, or smaller where all of them fit.</summary>
    public MatNumber StoredAs { get; }

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
}
