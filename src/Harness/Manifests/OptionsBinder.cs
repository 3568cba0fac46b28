using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Results;

namespace Harness.Manifests;

/// <summary>Options records as a plan keeps them: a JSON object with every option, defaults included, keys in camelCase.</summary>
public static class OptionsBinder
{
    /// <summary>What cannot be set is no option: a property computed from others stays out.</summary>
    private static readonly JsonSerializerOptions Settable = new(Json.Line) { IgnoreReadOnlyProperties = true };

    /// <summary>A record's options; those that are null are left out.</summary>
    /// <param name="options">An options record, or null for a plugin that takes none: then the object is empty.</param>
    public static JsonObject ToJson(object? options) =>
        options is null ? [] : JsonSerializer.SerializeToNode(options, options.GetType(), Settable)!.AsObject();

    /// <summary>The record back from its options.</summary>
    /// <param name="options">What <see cref="ToJson"/> gave.</param>
    /// <param name="type">The record's type.</param>
    /// <exception cref="JsonException">The object was not made from a record of this type, or the type has changed since.</exception>
    public static object Bind(JsonObject options, Type type) =>
        options.Deserialize(type, Settable) ?? throw new JsonException($"The options are null where a {type.Name} is wanted.");
}
