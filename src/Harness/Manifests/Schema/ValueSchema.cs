using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Manifests.Options;

namespace Harness.Manifests.Schema;

/// <summary>
/// What one option may be, in JSON Schema. It is as wide as the reader: numbers with underscores and ratios are texts to an editor, and null stands for the default. What
/// attributes say beyond ranges and choices is left to <c>validate</c>.
/// </summary>
internal static class ValueSchema
{
    private const string WholeNumber = "^[+-]?[0-9]+(_[0-9]+)*$";
    private const string Number = @"^[+-]?[0-9_.]+([eE][+-]?[0-9]+)?(/[0-9_.]+([eE][+-]?[0-9]+)?)?$";
    private const string Length = "^([0-9]{1,4}d)?([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,6}s)?$";
    private const string Bytes = @"^[0-9]{1,9}(\.[0-9]{1,6})? ?(B|KiB|MiB|GiB|TiB|kB|MB|GB|TB)$";

    /// <summary>An option with its description, its default and its range.</summary>
    /// <param name="option">The property.</param>
    /// <param name="defaults">An instance with the defaults, or null where none can be made.</param>
    public static JsonObject Of(OptionProperty option, object? defaults)
    {
        var schema = OfType(option.Property.PropertyType, Rules(option));
        if (Attribute<DescriptionAttribute>(option) is { } said) schema["description"] = said.Description;
        if (!option.Required && defaults is not null && OptionsBinder.ToJson(defaults)[option.Key] is { } value) schema["default"] = value.DeepClone();
        return schema;
    }

    private static JsonObject OfType(Type type, ValidationAttribute[] rules)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (rules.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed && ScalarReader.Reads(type))
            return new() { ["enum"] = new JsonArray([.. allowed.Values.Select(v => JsonSerializer.SerializeToNode(v)), null]) };
        if (type.IsEnum) return new() { ["enum"] = new JsonArray([.. ScalarReader.Names(type).Select(n => (JsonNode?)n), null]) };
        if (type == typeof(bool)) return Typed("boolean");
        if (type == typeof(string)) return Typed("string", "number", "boolean");
        if (type == typeof(TimeSpan)) return Pattern(Length, "string");
        if (type == typeof(ByteSize)) return Pattern(Bytes, "string");
        if (type == typeof(int) || type == typeof(long)) return Bounded(Pattern(WholeNumber, "integer", "string"), rules);
        if (type == typeof(double) || type == typeof(float)) return Bounded(Pattern(Number, "number", "string"), rules);
        if (type == typeof(ClassSelection))
        {
            var classes = Typed("integer", "array");
            classes["minimum"] = 2;
            classes["items"] = new JsonObject { ["type"] = new JsonArray("string", "integer") };
            return classes;
        }
        if (OptionsReader.ItemType(type) is { } item)
        {
            var list = Typed("array");
            list["items"] = OfType(item, [.. rules.Where(r => r is RangeAttribute or AllowedValuesAttribute)]);
            return list;
        }
        return OptionsSchema.Mapping(OptionsSchema.Properties(type));
    }

    private static JsonObject Bounded(JsonObject schema, ValidationAttribute[] rules)
    {
        if (rules.OfType<RangeAttribute>().Select(NumericRange.Of).FirstOrDefault() is not { } range) return schema;
        if (range.Minimum > int.MinValue) schema[range.AboveMinimum ? "exclusiveMinimum" : "minimum"] = range.Minimum;
        if (range.Maximum < int.MaxValue) schema[range.BelowMaximum ? "exclusiveMaximum" : "maximum"] = range.Maximum;
        return schema;
    }

    private static JsonObject Pattern(string pattern, params string[] types)
    {
        var schema = Typed(types);
        schema["pattern"] = pattern;
        return schema;
    }

    private static JsonObject Typed(params string[] types) => new() { ["type"] = new JsonArray([.. types.Append("null").Select(t => (JsonNode?)t)]) };

    private static ValidationAttribute[] Rules(OptionProperty option) => [.. option.Property.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>()];

    private static T? Attribute<T>(OptionProperty option) where T : Attribute => (T?)System.Attribute.GetCustomAttribute(option.Property, typeof(T));
}
