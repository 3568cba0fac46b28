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
    /// <summary>Elements that are read or written at once: a span of memory is bounded, a tensor is not.</summary>
    internal const int Chunk = 1 << 26;

    /// <summary>The format's name of a type and the bytes of an element.</summary>
    internal static IReadOnlyDictionary<ScalarType, (string Name, int Bytes)> Types { get; } = new Dictionary<ScalarType, (string, int)>
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
            var flat = tensor.detach().cpu().contiguous().view(-1);
            for (long from = 0; from < flat.NumberOfElements; from += Chunk) stream.Write(flat.narrow(0, from, Math.Min(Chunk, flat.NumberOfElements - from)).bytes);
        }
    }

    /// <summary>Reads all that a file holds.</summary>
    /// <param name="stream">The file, from its beginning; can be sought in.</param>
    /// <returns>Tensors by name, on the CPU, and the text. The caller disposes the tensors.</returns>
    /// <exception cref="InvalidDataException">Not in the format, or damaged.</exception>
    public static (Dictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(Stream stream)
    {
        var tensors = new Dictionary<string, Tensor>();
        try
        {
            var reader = new SafetensorsReader(stream);
            foreach (var name in reader.Entries.Keys) tensors[name] = reader.Read(name);
            return (tensors, reader.Metadata);
        }
        catch
        {
            foreach (var tensor in tensors.Values) tensor.Dispose();
            throw;
        }
    }
}
