using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness;

/// <summary>A selection of classes in plans and run folders: a number, or a list of names.</summary>
internal sealed class ClassSelectionJson : JsonConverter<ClassSelection>
{
    public override ClassSelection Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType == JsonTokenType.Number ? ClassSelection.First(reader.GetInt32()) : ClassSelection.Of(JsonSerializer.Deserialize<string[]>(ref reader, options) ?? []);
        }
        catch (Exception e) when (e is PluginOptionException or FormatException)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, ClassSelection value, JsonSerializerOptions options)
    {
        if (value.Names is null) writer.WriteNumberValue(value.Number);
        else JsonSerializer.Serialize(writer, value.Names, options);
    }
}
