using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>
/// A line of measurements.jsonl. By hand, since a large run has millions of them: the names, of which there are few, are read into the same few strings, and
/// nothing is boxed on the way.
/// </summary>
internal sealed class MeasurementConverter : JsonConverter<Measurement>
{
    private const int MostNames = 256;

    [ThreadStatic]
    private static List<(byte[] Utf8, string Text)>? names;

    [ThreadStatic]
    private static int nextName;

    public override Measurement Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("it is no object");
        int? epoch = null;
        string? metric = null, quantity = null, error = null;
        Split? split = null;
        double? value = null, standardError = null;
        IReadOnlyList<double>? x = null, y = null;
        MeasuredMatrix? matrix = null;
        IReadOnlyList<PictureRow>? pictures = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("epoch"u8)) epoch = Next(ref reader).GetInt32();
            else if (reader.ValueTextEquals("metric"u8)) metric = Name(ref Next(ref reader));
            else if (reader.ValueTextEquals("quantity"u8)) quantity = Name(ref Next(ref reader));
            else if (reader.ValueTextEquals("split"u8)) split = JsonSerializer.Deserialize<Split?>(ref Next(ref reader), options);
            else if (reader.ValueTextEquals("value"u8)) value = Number(ref Next(ref reader));
            else if (reader.ValueTextEquals("standardError"u8)) standardError = Number(ref Next(ref reader));
            else if (reader.ValueTextEquals("x"u8)) x = JsonSerializer.Deserialize<double[]>(ref Next(ref reader), options);
            else if (reader.ValueTextEquals("y"u8)) y = JsonSerializer.Deserialize<double[]>(ref Next(ref reader), options);
            else if (reader.ValueTextEquals("matrix"u8)) matrix = JsonSerializer.Deserialize<MeasuredMatrix>(ref Next(ref reader), options);
            else if (reader.ValueTextEquals("pictures"u8)) pictures = JsonSerializer.Deserialize<PictureRow[]>(ref Next(ref reader), options);
            else if (reader.ValueTextEquals("error"u8)) error = Next(ref reader).GetString();
            else Next(ref reader).Skip();
        }

        return epoch is { } e && metric is not null && quantity is not null
            ? new(e, metric, quantity, split, value, standardError, x, y, matrix, pictures, error)
            : throw new JsonException("it lacks 'epoch', 'metric' or 'quantity'");
    }

    public override void Write(Utf8JsonWriter writer, Measurement value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("epoch"u8, value.Epoch);
        writer.WriteString("metric"u8, value.Metric);
        writer.WriteString("quantity"u8, value.Quantity);
        Write(writer, "split", value.Split, options);
        Write(writer, "value", value.Value, options);
        Write(writer, "standardError", value.StandardError, options);
        Write(writer, "x", value.X, options);
        Write(writer, "y", value.Y, options);
        Write(writer, "matrix", value.Matrix, options);
        Write(writer, "pictures", value.Pictures, options);
        Write(writer, "error", value.Error, options);
        writer.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, T value, JsonSerializerOptions options)
    {
        if (value is null) return;
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, options);
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }

    // NaN and infinities are written by name.
    private static double? Number(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetDouble(),
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        JsonTokenType.Null => null,
        _ => throw new JsonException("it holds what is no number where one should be"),
    };

    private static string? Name(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped) return reader.GetString();
        var known = names ??= [];
        // They come in the same order at every epoch, so the one after the last found is the likeliest.
        for (var tried = 0; tried < known.Count; tried++)
        {
            var place = (nextName + tried) % known.Count;
            if (!reader.ValueSpan.SequenceEqual(known[place].Utf8)) continue;
            nextName = place + 1;
            return known[place].Text;
        }

        var text = reader.GetString()!;
        if (known.Count < MostNames) known.Add((reader.ValueSpan.ToArray(), text));
        return text;
    }
}
