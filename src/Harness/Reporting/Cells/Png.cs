using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Harness.Reporting.Cells;

/// <summary>Small images as PNG, so that a browser shows them: 8 bits a channel, grey or colour, not interlaced.</summary>
internal static class Png
{
    private const int Filters = 3;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Encodes an image.</summary>
    /// <param name="shape">1 or 3 channels.</param>
    /// <param name="pixels">C x H x W.</param>
    public static byte[] Encode(ImageShape shape, ReadOnlySpan<byte> pixels)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, shape.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), shape.Height);
        header[8] = 8;
        header[9] = (byte)(shape.Channels == 1 ? 0 : 2);
        var rows = Interleaved(shape, pixels);
        var data = Enumerable.Range(0, Filters).Select(filter => Deflated(Filtered(shape, rows, filter))).MinBy(packed => packed.Length)!;

        using var png = new MemoryStream();
        png.Write(Signature);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, data);
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    /// <summary>H x W x C, as PNG has it.</summary>
    private static byte[] Interleaved(ImageShape shape, ReadOnlySpan<byte> pixels)
    {
        var rows = new byte[shape.Bytes];
        var plane = shape.Height * shape.Width;
        for (var c = 0; c < shape.Channels; c++)
            for (var i = 0; i < plane; i++) rows[(i * shape.Channels) + c] = pixels[(c * plane) + i];
        return rows;
    }

    /// <summary>Each row behind the number of its filter: 0 the bytes, 1 their differences from the pixel to the left, 2 from the one above.</summary>
    private static byte[] Filtered(ImageShape shape, byte[] rows, int filter)
    {
        var width = shape.Width * shape.Channels;
        var filtered = new byte[shape.Height * (width + 1)];
        for (var y = 0; y < shape.Height; y++)
        {
            filtered[y * (width + 1)] = (byte)filter;
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                var before = filter switch { 1 when x >= shape.Channels => rows[at - shape.Channels], 2 when y > 0 => rows[at - width], _ => 0 };
                filtered[(y * (width + 1)) + 1 + x] = (byte)(rows[at] - before);
            }
        }
        return filtered;
    }

    private static byte[] Deflated(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(content);
        return packed.ToArray();
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        png.Write(kind);
        png.Write(content);
        var sum = new Crc32();
        sum.Append(kind);
        sum.Append(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
