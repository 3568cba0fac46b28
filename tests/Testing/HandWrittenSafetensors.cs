using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Testing;

/// <summary>A safetensors file byte by byte from the format's description, with nothing of the product's: u64 length, JSON header, data.</summary>
public sealed class HandWrittenSafetensors
{
    private readonly List<string> header = [];
    private readonly List<byte> data = [];

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type by the format's name: F64, F32, F16, BF16, I64 or I32.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">Its elements, row after row.</param>
    public HandWrittenSafetensors Add(string name, string type, long[] shape, IEnumerable<double> values)
    {
        var begin = data.Count;
        foreach (var value in values) data.AddRange(Element(type, value));
        header.Add($$"""
            "{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{begin}},{{data.Count}}]}
            """);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] Bytes()
    {
        var text = Encoding.UTF8.GetBytes("{" + string.Join(',', header) + "}");
        var file = new byte[8 + text.Length + data.Count];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        CollectionsMarshal.AsSpan(data).CopyTo(file.AsSpan(8 + text.Length));
        return file;
    }

    private static byte[] Element(string type, double value) => type switch
    {
        "F64" => BitConverter.GetBytes(value),
        "F32" => BitConverter.GetBytes((float)value),
        "F16" => BitConverter.GetBytes((Half)value),
        // The upper half of a float32, cut off: exact for small whole numbers.
        "BF16" => BitConverter.GetBytes((float)value)[2..],
        "I64" => BitConverter.GetBytes((long)value),
        "I32" => BitConverter.GetBytes((int)value),
        _ => throw new ArgumentException($"'{type}' cannot be written."),
    };
}
