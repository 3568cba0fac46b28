using System.Reflection;
using System.Text.Json.Nodes;
using Harness.Manifests.Options;

namespace Harness.Manifests.Schema;

/// <summary>Options records, the host's and the plugins', in JSON Schema.</summary>
internal static class OptionsSchema
{
    /// <summary>One schema for each option, by its key.</summary>
    /// <param name="type">The record, or null where there is none.</param>
    public static JsonObject Properties(Type? type)
    {
        var defaults = type is null ? null : Defaults(type);
        return new(OptionProperty.Of(type).Select(option => KeyValuePair.Create(option.Key, (JsonNode?)ValueSchema.Of(option, defaults))));
    }

    /// <summary>A mapping with these keys and no others; null and nothing count as written without keys.</summary>
    /// <param name="properties">Schemas by key, whose owner the mapping becomes.</param>
    public static JsonObject Mapping(JsonObject properties) => new()
    {
        ["type"] = new JsonArray("object", "null"),
        ["properties"] = properties,
        ["additionalProperties"] = false,
    };

    /// <summary>Adds to <paramref name="properties"/> what they lack.</summary>
    /// <param name="properties">Schemas by key.</param>
    /// <param name="more">Others, which stay as they are.</param>
    public static JsonObject With(this JsonObject properties, JsonObject more)
    {
        foreach (var (key, schema) in more)
            if (!properties.ContainsKey(key)) properties[key] = schema?.DeepClone();
        return properties;
    }

    /// <summary>A record whose constructor throws has no defaults to show; the manifest that uses it says why.</summary>
    private static object? Defaults(Type type)
    {
        try
        {
            return Activator.CreateInstance(type);
        }
        catch (Exception e) when (e is TargetInvocationException or MissingMethodException or MemberAccessException)
        {
            return null;
        }
    }
}
