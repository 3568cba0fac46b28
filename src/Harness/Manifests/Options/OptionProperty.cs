using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Harness.Manifests.Options;

/// <summary>One settable property of an options record.</summary>
/// <param name="Key">What a manifest calls it: its name in camelCase.</param>
/// <param name="Property">The property.</param>
internal sealed record OptionProperty(string Key, PropertyInfo Property)
{
    /// <summary>Declared with the <c>required</c> keyword.</summary>
    public bool Required => Property.IsDefined(typeof(RequiredMemberAttribute));

    /// <summary>All of a record's, in its order of declaration; none for null.</summary>
    public static IReadOnlyList<OptionProperty> Of(Type? type) => type is null ? [] :
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetMethod is { IsPublic: true } && p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .Select(p => new OptionProperty(JsonNamingPolicy.CamelCase.ConvertName(p.Name), p))];
}
