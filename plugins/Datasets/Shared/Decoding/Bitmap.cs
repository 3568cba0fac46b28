using System.Buffers.Binary;
using NetVips;

namespace Harness.Datasets.Decoding;

/// <summary>Windows bitmaps, which libvips does not read: uncompressed, of 8 (palette), 24 or 32 bits.</summary>
internal static class Bitmap
{
    private const int FileHeader = 14;

    /// <summary>Whether a file starts as a bitmap does.</summary>
    public static bool Is(ReadOnlySpan<byte> file) => file is [(byte)'B', (byte)'M', ..];

    /// <summary>Reads a whole file.</summary>
    /// <returns>H x W x 3, RGB; alpha is dropped. The caller disposes it.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind that is not read.</exception>
    public static Image Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < FileHeader + 40) throw new InvalidDataException("the bitmap is truncated within its header");
        var start = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        var header = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        long width = BinaryPrimitives.ReadInt32LittleEndian(file[18..]), height = BinaryPrimitives.ReadInt32LittleEndian(file[22..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(file[28..]);
        var compression = BinaryPrimitives.ReadUInt32LittleEndian(file[30..]);
        // 3 gives the places of the channels by masks, which 32-bit writers state though they are the usual ones.
        if (header < 40 || bits is not (8 or 24 or 32) || !(compression == 0 || (compression == 3 && bits == 32)))
            throw new InvalidDataException($"it is a bitmap of {bits} bits and compression {compression}; uncompressed ones of 8, 24 or 32 bits are read");
        var (bottomUp, rows) = (height > 0, Math.Abs(height));
        var stride = (width * bits + 31) / 32 * 4;
        if (width <= 0 || rows == 0 || start > file.Length || rows > (file.Length - start) / stride)
            throw new InvalidDataException($"the bitmap states {width} x {height} pixels, for which the file is too short");

        var palette = bits == 8 ? Palette(file, FileHeader + header, start) : default;
        var pixels = new byte[checked(width * rows * 3)];
        for (var y = 0; y < rows; y++)
        {
            var row = file.Slice((int)(start + (bottomUp ? rows - 1 - y : y) * stride), (int)stride);
            for (var x = 0; x < width; x++)
            {
                var bgr = bits == 8 ? Entry(palette, row[x]) : row.Slice(x * (bits / 8), 3);
                (pixels[(y * width + x) * 3], pixels[(y * width + x) * 3 + 1], pixels[(y * width + x) * 3 + 2]) = (bgr[2], bgr[1], bgr[0]);
            }
        }
        return Image.NewFromMemory(pixels, (int)width, (int)rows, 3, Enums.BandFormat.Uchar);
    }

    private static ReadOnlySpan<byte> Palette(ReadOnlySpan<byte> file, long from, long to) =>
        from <= to && to <= file.Length ? file[(int)from..(int)to] : throw new InvalidDataException("the bitmap's palette lies outside the file");

    private static ReadOnlySpan<byte> Entry(ReadOnlySpan<byte> palette, int index) =>
        4 * index + 3 <= palette.Length ? palette.Slice(4 * index, 3) : throw new InvalidDataException($"the bitmap uses colour {index}, which its palette lacks");
}
