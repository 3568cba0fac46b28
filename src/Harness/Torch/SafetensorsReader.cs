using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>
/// A file in the <see cref="Safetensors"/> format, of whatever size: what it holds is known from its header, and a tensor's bytes are read when it is asked for. Where it is damaged or
/// cut short, that is told before any memory is taken for what a header may claim.
/// </summary>
public sealed class SafetensorsReader
{
    private const long LargestHeader = 100_000_000;

    private readonly Stream stream;
    private readonly long start;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The file, from its beginning; can be sought in. Stays the caller's, and open as long as this is in use.</param>
    /// <exception cref="InvalidDataException">Not in the format, or damaged.</exception>
    public SafetensorsReader(Stream stream)
    {
        this.stream = stream;
        var entries = new Dictionary<string, SafetensorsEntry>();
        var metadata = new Dictionary<string, string>();
        try
        {
            if (stream.Length < 8) throw new InvalidDataException("the file is shorter than its header's length");
            var length = BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));
            if (length > LargestHeader || (long)length > stream.Length - 8) throw new InvalidDataException("the header is longer than the file");
            start = 8 + (long)length;
            var header = JsonNode.Parse(Bytes((int)length)) as JsonObject ?? throw new InvalidDataException("the header is no JSON object");
            foreach (var (name, entry) in header)
                if (name == "__metadata__") foreach (var (key, value) in entry!.AsObject()) metadata[key] = (string)value!;
                else entries[name] = Entry(name, entry!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"the header is damaged: {e.Message}", e);
        }
        (Entries, Metadata) = (entries, metadata);
    }

    /// <summary>The tensors by name, in the order of the header.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a tensor.</summary>
    /// <param name="name">One of <see cref="Entries"/>.</param>
    /// <returns>On the CPU, of its own type. The caller disposes it.</returns>
    /// <exception cref="InvalidDataException">Its type is none of libtorch's, or its shape does not fit its bytes.</exception>
    public Tensor Read(string name)
    {
        var entry = Entries[name];
        var type = Safetensors.Types.FirstOrDefault(t => t.Value.Name == entry.Type);
        if (type.Value.Name is null)
            throw new InvalidDataException($"tensor '{name}' has type '{entry.Type}'; {string.Join(", ", Safetensors.Types.Values.Select(t => t.Name))} can be read");
        if (entry.Elements > (entry.End - entry.Begin) / type.Value.Bytes || entry.Elements * type.Value.Bytes != entry.End - entry.Begin)
            throw new InvalidDataException($"tensor '{name}' has {entry.End - entry.Begin} bytes, which is not what its shape and type need");
        var tensor = empty([.. entry.Shape], type.Key).DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        var flat = tensor.view(-1);
        stream.Position = start + entry.Begin;
        for (long from = 0; from < entry.Elements; from += Safetensors.Chunk)
            stream.ReadExactly(flat.narrow(0, from, Math.Min(Safetensors.Chunk, entry.Elements - from)).bytes);
        return tensor;
    }

    private SafetensorsEntry Entry(string name, JsonNode entry)
    {
        var type = (string?)entry["dtype"] ?? throw new InvalidDataException($"tensor '{name}' has no type");
        long[] shape = [.. entry["shape"]!.AsArray().Select(n => (long)n!)];
        var (begin, end) = ((long)entry["data_offsets"]![0]!, (long)entry["data_offsets"]![1]!);
        if (begin < 0 || end < begin) throw new InvalidDataException($"tensor '{name}' ends before it begins");
        if (end > stream.Length - start) throw new InvalidDataException($"the file is cut short: tensor '{name}' goes to byte {start + end}, and the file has {stream.Length}");
        return new(type, shape, begin, end, shape.Aggregate(1L, (product, n) => n < 0 ? throw new OverflowException("a dimension is negative") : checked(product * n)));
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>A tensor as the header of a safetensors file has it.</summary>
/// <param name="Type">Its type by the format's name: "F32".</param>
/// <param name="Shape">Its shape; empty for a scalar.</param>
/// <param name="Begin">Where its bytes begin, counted from the end of the header.</param>
/// <param name="End">Where they end.</param>
/// <param name="Elements">The product of its shape.</param>
public sealed record SafetensorsEntry(string Type, IReadOnlyList<long> Shape, long Begin, long End, long Elements);
