using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Harness.Exporting;

/// <summary>
/// Writes a TensorBoard event file: records of TensorFlow's format (length, masked CRC-32C of it, content, masked CRC-32C of that), each an Event message. Of that protocol buffer only
/// the few fields are written that a scalar needs: wall_time (1), step (2), file_version (3), and summary (5) with a value (1) of a tag (1) and a simple_value (2).
/// </summary>
/// <param name="stream">Where to; stays the caller's.</param>
internal sealed class EventFile(Stream stream)
{
    private const uint MaskDelta = 0xa282ead8;

    /// <summary>The first record, which says what the others are.</summary>
    /// <param name="wallTime">Seconds since 1970.</param>
    public void Begin(double wallTime)
    {
        var message = Event(wallTime);
        Bytes(message, 3, "brain.Event:2"u8);
        Record(message);
    }

    /// <summary>Scalars of one step, in one record.</summary>
    /// <param name="wallTime">Seconds since 1970.</param>
    /// <param name="step">The epoch.</param>
    /// <param name="scalars">Tags and values.</param>
    public void Scalars(double wallTime, long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        var summary = new MemoryStream();
        foreach (var (tag, value) in scalars)
        {
            var item = new MemoryStream();
            Bytes(item, 1, Encoding.UTF8.GetBytes(tag));
            item.WriteByte((2 << 3) | 5); // a 32-bit field
            item.Write(BitConverter.GetBytes((float)value));
            Bytes(summary, 1, item.ToArray());
        }
        var message = Event(wallTime);
        message.WriteByte(2 << 3); // a variable-length field
        Varint(message, (ulong)step);
        Bytes(message, 5, summary.ToArray());
        Record(message);
    }

    private static MemoryStream Event(double wallTime)
    {
        var message = new MemoryStream();
        message.WriteByte((1 << 3) | 1); // a 64-bit field
        message.Write(BitConverter.GetBytes(wallTime));
        return message;
    }

    private static void Bytes(Stream to, int field, ReadOnlySpan<byte> content)
    {
        to.WriteByte((byte)((field << 3) | 2)); // a field that says its length
        Varint(to, (ulong)content.Length);
        to.Write(content);
    }

    private static void Varint(Stream to, ulong value)
    {
        for (; value >= 0x80; value >>= 7) to.WriteByte((byte)(value | 0x80));
        to.WriteByte((byte)value);
    }

    private void Record(MemoryStream message)
    {
        var content = message.ToArray();
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)content.Length);
        stream.Write(length);
        Checksum(length);
        stream.Write(content);
        Checksum(content);
    }

    private void Checksum(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content) crc = BitOperations.Crc32C(crc, b);
        crc = ~crc;
        Span<byte> masked = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(masked, unchecked(((crc >> 15) | (crc << 17)) + MaskDelta));
        stream.Write(masked);
    }
}
