using System.Text;

namespace Harness.Datasets.Matlab;

/// <summary>An array of letters in a MAT-file.</summary>
internal sealed class MatText : MatVariable
{
    private const int MostBytesOfALetter = 4;

    private readonly MatElement element;
    private readonly Encoding encoding;
    private readonly int bytes;
    private readonly int padding;

    /// <summary>Reads the tag of the letters.</summary>
    /// <exception cref="DatasetException">It is damaged.</exception>
    public MatText(MatElement element, string name, int[] dimensions) : base(name, dimensions)
    {
        this.element = element;
        (var type, var size, padding) = element.Tag();
        encoding = Stored(type, element.BigEndian) ?? throw element.Damaged($"the letters of {name} are stored as type {type}");
        var letters = Product(size);
        if (letters > size || size > MostBytesOfALetter * letters || size > int.MaxValue) throw element.Damaged($"{name} claims {string.Join(" x ", dimensions)} letters in {size:N0} bytes");
        bytes = (int)size;
    }

    /// <summary>Reads all letters, column by column, and checks the end of the array.</summary>
    /// <returns>The text, at most four times as long as the dimensions say.</returns>
    /// <exception cref="DatasetException">The array is damaged.</exception>
    public string Read()
    {
        var data = new byte[bytes];
        element.Fill(data);
        element.Skip(padding);
        element.End();
        return encoding.GetString(data);
    }

    // Bytes and 16-bit numbers of older writers, UTF-8, UTF-16 and UTF-32 of newer ones (MATLAB, "MAT-File Format", table 1-1).
    private static Encoding? Stored(uint type, bool bigEndian) => type switch
    {
        1 or 2 => Encoding.Latin1,
        4 or 17 => bigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode,
        16 => Encoding.UTF8,
        18 => new UTF32Encoding(bigEndian, byteOrderMark: false),
        _ => null,
    };
}
