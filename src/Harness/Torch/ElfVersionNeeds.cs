using System.Buffers.Binary;
using System.Text;

namespace Harness.Torch;

/// <summary>
/// Reads and relaxes the symbol versions a 64-bit little-endian ELF library asks of others (section .gnu.version_r). Marked weak, a version that the
/// system's library lacks no longer keeps the whole library from loading; only a symbol that is really bound to it would.
/// </summary>
public static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Marks the need of <paramref name="version"/> weak wherever it stands.</summary>
    /// <param name="elf">The library's bytes; changed in place.</param>
    /// <param name="version">A version name such as GLIBCXX_3.4.32.</param>
    /// <returns>How many needs were marked.</returns>
    /// <exception cref="InvalidDataException">Not such a library, or a damaged one.</exception>
    public static int Relax(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual("\u007fELF\u0002\u0001"u8)) throw new InvalidDataException("not a 64-bit little-endian ELF library");
        try
        {
            return RelaxSections(elf, Encoding.ASCII.GetBytes(version));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("a damaged ELF library", e);
        }
    }

    private static int RelaxSections(Span<byte> elf, ReadOnlySpan<byte> version)
    {
        var sections = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3a..]);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3c..]);
        var marked = 0;
        for (var i = 0; i < count; i++)
        {
            var section = elf.Slice(sections + i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != SectionTypeVersionNeeds) continue;
            var names = sections + checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[0x28..])) * size;
            var strings = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(names + 0x18)..]));
            marked += RelaxNeeds(elf, Offset(section), checked((int)BinaryPrimitives.ReadUInt32LittleEndian(section[0x2c..])), strings, version);
        }
        return marked;
    }

    private static int Offset(ReadOnlySpan<byte> section) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]));

    // Verneed: version u16, count u16, file u32, aux u32, next u32. Vernaux: hash u32, flags u16, other u16, name u32, next u32.
    private static int RelaxNeeds(Span<byte> elf, int need, int needs, int strings, ReadOnlySpan<byte> version)
    {
        var marked = 0;
        for (var i = 0; i < needs; i++)
        {
            var count = BinaryPrimitives.ReadUInt16LittleEndian(elf[(need + 2)..]);
            var aux = need + checked((int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 8)..]));
            for (var j = 0; j < count; j++)
            {
                var name = elf[(strings + checked((int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(aux + 8)..])))..];
                if (name[..(version.Length + 1)] is var text && text[..^1].SequenceEqual(version) && text[^1] == 0)
                {
                    var flags = elf[(aux + 4)..];
                    BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | Weak));
                    marked++;
                }
                aux += checked((int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(aux + 12)..]));
            }
            need += checked((int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 12)..]));
        }
        return marked;
    }
}
