using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>
/// The safetensors format (Hugging Face): a little-endian length, a JSON header with each tensor's type, shape and place, and the raw bytes. Readable from
/// Python with the library of that name.
/// </summary>
public static class Safetensors
{
    private const long LargestHeader = 100_000_000;

    // The format's name of a type and the bytes of an element.
    private static readonly Dictionary<ScalarType, (string Name, int Bytes)> Types = new()
    {
        [ScalarType.Float64] = ("F64", 8),
        [ScalarType.Float32] = ("F32", 4),
        [ScalarType.Float16] = ("F16", 2),
        [ScalarType.BFloat16] = ("BF16", 2),
        [ScalarType.Int64] = ("I64", 8),
        [ScalarType.Int32] = ("I32", 4),
        [ScalarType.Int16] = ("I16", 2),
        [ScalarType.Int8] = ("I8", 1),
        [ScalarType.Byte] = ("U8", 1),
        [ScalarType.Bool] = ("BOOL", 1),
    };

    /// <summary>Writes tensors and text.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="tensors">By name; of the real, whole and Boolean types, on any device. They stay the caller's.</param>
    /// <param name="metadata">Text by name.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new JsonObject { ["__metadata__"] = new JsonObject(metadata.Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Value))) };
        long at = 0;
        foreach (var (name, tensor) in tensors)
        {
            var end = at + tensor.NumberOfElements * tensor.ElementSize;
            header[name] = new JsonObject
            {
                ["dtype"] = Types[tensor.dtype].Name,
                ["shape"] = new JsonArray([.. tensor.shape.Select(n => (JsonNode)n)]),
                ["data_offsets"] = new JsonArray(at, end),
            };
            at = end;
        }
        var text = JsonSerializer.SerializeToUtf8Bytes(header);
        // The format asks that the data start at a multiple of eight; spaces after the JSON fill up.
        var padded = new byte[(text.Length + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        text.CopyTo(padded, 0);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded.Length);
        stream.Write(length);
        stream.Write(padded);
        foreach (var (_, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            stream.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Reads what <see cref="Write"/> or another writer of the format wrote.</summary>
    /// <param name="file">The whole file.</param>
    /// <returns>Tensors by name, on the CPU, and the text. The caller disposes the tensors.</returns>
    /// <exception cref="InvalidDataException">Not in the format, or damaged.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(ReadOnlySpan<byte> file)
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            if (file.Length < 8) throw new InvalidDataException("the file is shorter than its header's length");
            var length = BinaryPrimitives.ReadUInt64LittleEndian(file);
            if (length > LargestHeader || (long)length > file.Length - 8) throw new InvalidDataException("the header is longer than the file");
            var header = JsonNode.Parse(file.Slice(8, (int)length)) as JsonObject ?? throw new InvalidDataException("the header is no JSON object");
            var data = file[(8 + (int)length)..];
            var metadata = new Dictionary<string, string>();
            foreach (var (name, entry) in header)
                if (name == "__metadata__") foreach (var (key, value) in entry!.AsObject()) metadata[key] = (string)value!;
                else tensors[name] = ReadTensor(name, entry!, data);
            return (tensors, metadata);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException or FormatException or NullReferenceException or ArgumentException or OverflowException)
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw e as InvalidDataException ?? new InvalidDataException($"the header is damaged: {e.Message}", e);
        }
    }

    private static Tensor ReadTensor(string name, JsonNode entry, ReadOnlySpan<byte> data)
    {
        var type = Types.FirstOrDefault(t => t.Value.Name == (string?)entry["dtype"]);
        if (type.Value.Name is null) throw new InvalidDataException($"tensor '{name}' has type '{entry["dtype"]}'; {string.Join(", ", Types.Values.Select(t => t.Name))} can be read");
        long[] shape = [.. entry["shape"]!.AsArray().Select(n => (long)n!)];
        var (start, end) = ((long)entry["data_offsets"]![0]!, (long)entry["data_offsets"]![1]!);
        if (start < 0 || end < start || end > data.Length) throw new InvalidDataException($"tensor '{name}' lies outside the file");
        // Before any memory is taken for what a damaged header may claim.
        var bytes = shape.Aggregate((long)type.Value.Bytes, (product, n) => n < 0 ? throw new OverflowException("a dimension is negative") : checked(product * n));
        if (bytes != end - start) throw new InvalidDataException($"tensor '{name}' has {end - start} bytes, which is not what its shape and type need");
        var tensor = empty(shape, type.Key).DetachFromDisposeScope();
        data[(int)start..(int)end].CopyTo(tensor.bytes);
        return tensor;
    }
}
