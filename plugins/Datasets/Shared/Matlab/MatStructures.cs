using System.Text;

namespace Harness.Datasets.Matlab;

/// <summary>An array of structures in a MAT-file: the names of the fields, which all of them have, and then the fields' values, structure by structure, each an array of its own.</summary>
internal sealed class MatStructures : MatVariable
{
    // A value is an element, and the tag of one has 8 bytes.
    private const int FewestBytesOfAValue = 8;
    private const int MostBytesOfNames = 1 << 16;

    private readonly MatElement element;

    /// <summary>Reads the names of the fields.</summary>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public MatStructures(MatElement element, string name, int[] dimensions) : base(name, dimensions)
    {
        this.element = element;
        var width = element.Short([MatNumber.Int32], 4, "the width of the field names");
        if (width.Length != 4) throw element.Damaged($"the width of the field names of {name} has {width.Length} bytes, where 4 are due");
        var length = (int)element.Number(width, MatNumber.Int32);
        var names = element.Short([MatNumber.Int8, MatNumber.UInt8], MostBytesOfNames, "the list of field names");
        if (length < 1 || names.Length % length != 0) throw element.Damaged($"the field names of {name} have {names.Length:N0} bytes, which are no names of {length:N0}");
        Fields = [.. names.Chunk(length).Select(field => Encoding.Latin1.GetString(field).TrimEnd('\0'))];
        if (Fields.Distinct().Count() < Fields.Count) throw element.Damaged($"two fields of {name} have the same name");
        Count = Fields.Count == 0 ? 0 : Product(element.Left / FewestBytesOfAValue / Fields.Count);
        if (Count * Fields.Count * FewestBytesOfAValue > element.Left)
            throw element.Damaged($"{name} claims {string.Join(" x ", dimensions)} structures of {Fields.Count} fields in {element.Left:N0} bytes");
    }

    /// <summary>Names of the fields, in the order of their values.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>How many structures there are; 0 where they have no fields.</summary>
    public long Count { get; }

    /// <summary>The value of the next field. What was not read of the one before is passed over. There are <see cref="Count"/> times as many as fields.</summary>
    /// <returns>The value, which can be read until this is called again, or null where it is empty or of a kind that is not read.</returns>
    /// <exception cref="DatasetException">The array is damaged.</exception>
    public MatVariable? Next() => element.Inner() is { Left: > 0 } value ? Open(value) : null;

    /// <summary>Checks the end of the array when all values are read or passed over.</summary>
    /// <exception cref="DatasetException">The array is damaged.</exception>
    public void End()
    {
        element.PassOverInner();
        element.End();
    }
}
