using System.Buffers.Binary;
using System.Text.Json;

namespace Harness.Datasets.Arrays;

/// <summary>A .safetensors file (Hugging Face): a little-endian length, a JSON header with type, shape and place of each tensor, then the bytes.</summary>
internal static class SafetensorsFile
{
    private const long LongestHeader = 100_000_000;

    private static readonly Dictionary<string, ElementType> Types = new()
    {
        ["U8"] = ElementType.UInt8,
        ["I8"] = ElementType.Int8,
        ["U16"] = ElementType.UInt16,
        ["I16"] = ElementType.Int16,
        ["U32"] = ElementType.UInt32,
        ["I32"] = ElementType.Int32,
        ["U64"] = ElementType.UInt64,
        ["I64"] = ElementType.Int64,
        ["F16"] = ElementType.Float16,
        ["F32"] = ElementType.Float32,
        ["F64"] = ElementType.Float64,
    };

    /// <summary>Reads one tensor.</summary>
    /// <param name="file">At its start.</param>
    /// <param name="name">The tensor's name.</param>
    /// <exception cref="InvalidDataException">It is damaged, or holds no such tensor.</exception>
    public static NumericArray Read(Stream file, string name)
    {
        Span<byte> start = stackalloc byte[8];
        var length = file.ReadAtLeast(start, 8, throwOnEndOfStream: false) == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(start) : ulong.MaxValue;
        if (length > LongestHeader || (long)length > file.Length - 8) throw new InvalidDataException("it is no safetensors file, or truncated: the length of its header is more than the file has");
        var text = new byte[length];
        file.ReadExactly(text);
        try
        {
            using var header = JsonDocument.Parse(text);
            if (!header.RootElement.TryGetProperty(name, out var tensor)) throw new InvalidDataException($"it holds no tensor '{name}', but {Names(header.RootElement)}");
            return Tensor(file, 8 + (long)length, name, tensor);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new InvalidDataException($"its header is damaged ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})", e);
        }
    }

    private static NumericArray Tensor(Stream file, long dataStart, string name, JsonElement tensor)
    {
        var stated = tensor.GetProperty("dtype").GetString() ?? "";
        if (!Types.TryGetValue(stated, out var type)) throw new InvalidDataException($"its tensor '{name}' has the type {stated}; {string.Join(", ", Types.Keys)} are read");
        long[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64())];
        long[] place = [.. tensor.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (place is not [var from, var to] || from < 0 || to < from || to > file.Length - dataStart) throw new InvalidDataException($"its tensor '{name}' lies outside the file, which may be truncated");
        var due = NumericArray.BytesOf(type, shape);
        if (to - from != due) throw new InvalidDataException($"its tensor '{name}' has {to - from:N0} bytes, where its type and shape need {due:N0}");
        var data = new byte[due];
        file.Position = dataStart + from;
        file.ReadExactly(data);
        return new(type, [.. shape.Select(dimension => (int)dimension)], data);
    }

    private static string Names(JsonElement header) =>
        string.Join(", ", header.EnumerateObject().Where(entry => entry.Name != "__metadata__").Take(10).Select(entry => $"'{entry.Name}'")) is { Length: > 0 } names ? names : "nothing at all";
}
