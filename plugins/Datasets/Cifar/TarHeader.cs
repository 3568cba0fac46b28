using System.Text;

namespace Harness.Datasets.Cifar;

/// <summary>
/// The header of one entry of a tar archive (POSIX ustar; GNU and pax archives have it too, and what they add are entries of types of their own).
/// Not System.Formats.Tar: its reader takes as much memory as such an added entry says it is long, gigabytes for a file of two kilobytes.
/// </summary>
/// <param name="FileName">Its name without any folder.</param>
/// <param name="Length">Bytes of its content, which follows the header and is padded to <see cref="BlockSize"/>.</param>
/// <param name="IsFile">True for a regular file; false for a folder, a link, or what another entry is told by.</param>
internal sealed record TarHeader(string FileName, long Length, bool IsFile)
{
    /// <summary>Headers are so long, and contents are padded to a multiple of it.</summary>
    public const int BlockSize = 512;

    private const int NameLength = 100;
    private const int LengthAt = 124;
    private const int LengthLength = 12;
    private const int ChecksumAt = 148;
    private const int ChecksumLength = 8;
    private const int TypeAt = 156;

    /// <summary>Reads the next header.</summary>
    /// <param name="stream">Stands where a header is due.</param>
    /// <returns>The header, or null at the block of zeros that marks the end of an archive.</returns>
    /// <exception cref="InvalidDataException">No header stands there.</exception>
    /// <exception cref="EndOfStreamException">The stream ends here or within the header.</exception>
    public static TarHeader? Read(Stream stream)
    {
        Span<byte> block = stackalloc byte[BlockSize];
        var read = stream.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false);
        if (read < BlockSize) throw new EndOfStreamException("It ends where a header or the mark of its end is due.");
        if (!block.ContainsAnyExcept((byte)0)) return null;

        // The sum of all bytes of the header, its own eight taken as spaces.
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            if (i is < ChecksumAt or >= ChecksumAt + ChecksumLength) sum += block[i];
        }
        if (Octal(block.Slice(ChecksumAt, ChecksumLength)) != sum) throw new InvalidDataException("A header does not have the checksum that it states.");

        var name = block[..NameLength];
        var end = name.IndexOf((byte)0);
        if (end >= 0) name = name[..end];
        return new(
            Encoding.Latin1.GetString(name[(name.LastIndexOf((byte)'/') + 1)..]),
            Octal(block.Slice(LengthAt, LengthLength)),
            block[TypeAt] is (byte)'0' or 0);
    }

    /// <summary>Octal digits with spaces before them, ended by a space or a zero byte or the field.</summary>
    private static long Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.TrimStart((byte)' ');
        var end = digits.IndexOfAny((byte)' ', (byte)0);
        if (end >= 0) digits = digits[..end];
        var value = 0L;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') throw new InvalidDataException("A header holds a number that is not octal.");
            value = value * 8 + (digit - '0');
        }
        return value;
    }
}
