using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Harness.Manifests.Yaml;

namespace Harness.Manifests.Options;

/// <summary>Turns one written value into a number, a truth value, a text, an enum member, a length of time or a number of bytes.</summary>
internal static partial class ScalarReader
{
    /// <summary>Whether a type is a single value.</summary>
    public static bool Reads(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double) || type == typeof(float)
        || type == typeof(TimeSpan) || type == typeof(ByteSize);

    /// <summary>The value, or null with what is wrong in <paramref name="errors"/>.</summary>
    /// <param name="type">A type that <see cref="Reads"/>.</param>
    /// <param name="node">What is written.</param>
    /// <param name="key">The key it is written for.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static object? Read(Type type, Node node, string key, ErrorList errors)
    {
        if (node is ScalarNode { IsNull: false } scalar && !(scalar.IsEmpty && type != typeof(string)))
        {
            if (type == typeof(string) && !scalar.IsEmpty) return scalar.Text;
            if (type == typeof(TimeSpan) && Duration.Parse(scalar.Text) is { } length) return length;
            if (type == typeof(ByteSize) && ByteSize.Parse(scalar.Text) is { } size) return size;
            if (type.IsEnum) return Member(type, scalar, key, errors);
            if (scalar.Plain && Plain(type, scalar.Text) is { } value) return value;
            if (scalar.Plain && TooLarge(type, scalar.Text))
            {
                errors.Add(node.Place, $"'{key}' is too large a number: {Quoted.Text(scalar.Text)}");
                return null;
            }
        }
        errors.Add(node.Place, $"'{key}' wants {Wanted(type)}, not {node.Description}");
        return null;
    }

    /// <summary>A whole number written without quotes, or null where it is none.</summary>
    public static int? WholeNumberOf(Node node) => node is ScalarNode { Plain: true } scalar ? Plain(typeof(int), scalar.Text) as int? : null;

    /// <summary>What a sentence calls values of a type: "a whole number".</summary>
    public static string Wanted(Type type) =>
        type.IsEnum ? Suggestion.Alternatives(Names(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : type == typeof(TimeSpan) ? Duration.Wanted
        : type == typeof(ByteSize) ? ByteSize.Wanted
        : "a text";

    private static object? Plain(Type type, string text)
    {
        if (type == typeof(TimeSpan) || type == typeof(ByteSize)) return null;
        if (type == typeof(bool)) return text switch { "true" or "True" or "TRUE" => true, "false" or "False" or "FALSE" => false, _ => null };
        if (type == typeof(double)) return Number(text);
        if (type == typeof(float)) return Number(text) is { } wide && float.IsFinite((float)wide) ? (float)wide : null;
        if (!WholeNumber().IsMatch(text) || !long.TryParse(Digits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return null;
        if (type == typeof(long)) return whole;
        return whole is >= int.MinValue and <= int.MaxValue ? (int)whole : null;
    }

    private static double? Number(string text)
    {
        if (Ratio().Match(text) is { Success: true } ratio && Decimal(ratio.Groups[1].Value) is { } above && Decimal(ratio.Groups[2].Value) is { } below)
            return double.IsFinite(above / below) ? above / below : null;
        return Decimal(text);
    }

    private static double? Decimal(string text) =>
        DecimalNumber().IsMatch(text) && double.TryParse(Digits(text), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : null;

    private static bool TooLarge(Type type, string text) =>
        type == typeof(double) || type == typeof(float) ? DecimalNumber().IsMatch(text) : (type == typeof(int) || type == typeof(long)) && WholeNumber().IsMatch(text);

    private static object? Member(Type type, ScalarNode scalar, string key, ErrorList errors)
    {
        foreach (var name in Enum.GetNames(type))
        {
            if (scalar.Text == JsonNamingPolicy.KebabCaseLower.ConvertName(name) || scalar.Text == JsonNamingPolicy.CamelCase.ConvertName(name))
                return Enum.Parse(type, name);
        }
        var near = Suggestion.Nearest(scalar.Text, Names(type));
        errors.Add(scalar.Place, $"'{key}' wants {Suggestion.Alternatives(Names(type))}, not {scalar.Description}{(near is null ? "" : $"; did you mean '{near}'?")}");
        return null;
    }

    /// <summary>What an enum's members are called in a manifest.</summary>
    public static string[] Names(Type type) => [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private static string Digits(string text) => text.Replace("_", "", StringComparison.Ordinal);

    [GeneratedRegex(@"^[+-]?[0-9]+(_[0-9]+)*\z")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[+-]?([0-9]+(_[0-9]+)*)?(\.[0-9]+(_[0-9]+)*|(?<=[0-9])\.)?(?<=[0-9.])([eE][+-]?[0-9]+)?\z")]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"^([^/\s]+)\s*/\s*([^/\s]+)\z")]
    private static partial Regex Ratio();
}
