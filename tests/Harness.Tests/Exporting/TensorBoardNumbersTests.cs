using System.Buffers.Binary;
using System.Text;
using Harness.Exporting;
using Harness.Results;

namespace Harness.Tests.Exporting;

public sealed class TensorBoardNumbersTests : IDisposable
{
    private readonly ExportedRun run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public void AnIndependentReaderFindsEveryScalar()
    {
        new RunExport(run.Folder, run.Out).TensorBoard();
        var second = run.Record.Cells[2];
        var files = Directory.GetFiles(run["tensorboard"], "*", SearchOption.AllDirectories);
        Assert.Equal(run.Record.Cells.Count, files.Length);
        Assert.All(files, f => Assert.Contains("tfevents", Path.GetFileName(f)));

        var file = Assert.Single(Directory.GetFiles(Path.Combine([run["tensorboard"], .. second.Spec.Name.Split('/')])));
        var events = Events(File.ReadAllBytes(file));
        Assert.Equal("brain.Event:2", events[0].Version);
        var started = run.Record.Environment!.Started.ToUnixTimeSeconds();
        Assert.Equal(started, events[0].WallTime);
        Assert.Equal(events.Skip(1).Select(e => e.Step).Order(), events.Skip(1).Select(e => e.Step));
        // Two epochs are 1.5 s of training and 0.4 s of measuring each.
        Assert.Equal(started + 3.8, events.Single(e => e.Step == 2).WallTime, 3);
        foreach (var m in second.Measurements.Where(m => m.Value is not null))
        {
            var tag = m.Id + (m.Split is { } split ? "/" + Json.Name(split) : "");
            Assert.Equal((float)m.Value!.Value, events.Single(e => e.Step == m.Epoch).Scalars[tag]);
        }
        Assert.Contains("training/loss/train", events.Single(e => e.Step == 2).Scalars.Keys);
    }

    /// <summary>TFRecord framing and the Event message, read from their published descriptions: every checksum is looked at.</summary>
    private static List<(double WallTime, long Step, string Version, Dictionary<string, float> Scalars)> Events(byte[] file)
    {
        var events = new List<(double, long, string, Dictionary<string, float>)>();
        for (var at = 0; at < file.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            var content = file.AsSpan(at + 12, length);
            Assert.Equal(Masked(content), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            at += length + 16;

            var (wall, step, version, scalars) = (0.0, 0L, "", new Dictionary<string, float>());
            foreach (var (field, number, bytes) in Fields(content))
            {
                if (field == 1) wall = BitConverter.Int64BitsToDouble((long)number);
                if (field == 2) step = (long)number;
                if (field == 3) version = Encoding.UTF8.GetString(bytes);
                if (field != 5) continue;
                foreach (var (_, _, value) in Fields(bytes))
                {
                    var parts = Fields(value);
                    scalars.Add(Encoding.UTF8.GetString(parts.Single(p => p.Field == 1).Bytes), BitConverter.UInt32BitsToSingle((uint)parts.Single(p => p.Field == 2).Number));
                }
            }
            events.Add((wall, step, version, scalars));
        }
        return events;
    }

    private static List<(int Field, ulong Number, byte[] Bytes)> Fields(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, ulong, byte[])>();
        var at = 0;
        while (at < message.Length)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    fields.Add(((int)(key >> 3), Varint(message, ref at), []));
                    break;
                case 1:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadUInt64LittleEndian(message[at..]), []));
                    at += 8;
                    break;
                case 5:
                    fields.Add(((int)(key >> 3), BinaryPrimitives.ReadUInt32LittleEndian(message[at..]), []));
                    at += 4;
                    break;
                default:
                    Assert.Equal(2UL, key & 7);
                    var length = (int)Varint(message, ref at);
                    fields.Add(((int)(key >> 3), 0, message.Slice(at, length).ToArray()));
                    at += length;
                    break;
            }
        }
        return fields;
    }

    private static ulong Varint(ReadOnlySpan<byte> message, ref int at)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var b = message[at++];
            value |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) return value;
            shift += 7;
        }
    }

    // Bit by bit from the reversed Castagnoli polynomial.
    private static uint Masked(ReadOnlySpan<byte> content)
    {
        var crc = uint.MaxValue;
        foreach (var b in content)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82f63b78 : crc >> 1;
        }
        crc = ~crc;
        return unchecked(((crc >> 15) | (crc << 17)) + 0xa282ead8);
    }
}
