using System.Reflection;
using Harness.Manifests.Yaml;

namespace Harness.Manifests.Options;

/// <summary>Fills options records, the host's and the plugins', from mappings. Defaults are the record's own; what is wrong is named with its place.</summary>
internal static class OptionsReader
{
    /// <summary>Reports keys that are not known.</summary>
    /// <param name="mapping">What is written.</param>
    /// <param name="known">The right keys.</param>
    /// <param name="what">What a sentence calls a key here and its owner: "key '{0}' in 'training'".</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void CheckKeys(MappingNode mapping, IReadOnlyCollection<string> known, string what, ErrorList errors)
    {
        foreach (var entry in mapping.Entries.Where(e => !known.Contains(e.Key)))
            errors.Add(entry.KeyPlace, $"unknown {what.Replace("{0}", Quoted.Text(entry.Key), StringComparison.Ordinal)}{Suggestion.For(entry.Key, known)}");
    }

    /// <summary>An instance filled from the keys that are its own (others are not looked at) and validated, or null where something is wrong.</summary>
    /// <param name="type">The record; it has a parameterless constructor.</param>
    /// <param name="mapping">What is written; a key that is null counts as absent.</param>
    /// <param name="place">Where to report what has no place of its own: a missing option.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static object? Read(Type type, MappingNode mapping, Place place, ErrorList errors)
    {
        var before = errors.Count;
        object instance;
        try
        {
            instance = Activator.CreateInstance(type)!;
        }
        catch (Exception e) when (e is MissingMethodException or TargetInvocationException or MemberAccessException)
        {
            errors.Add(place, $"the options record {type.Name} cannot be made: {(e.InnerException ?? e).Message}");
            return null;
        }
        var options = OptionProperty.Of(type);
        var written = options.Where(o => mapping.Find(o.Key) is { Value.IsNull: false }).ToDictionary(o => o.Key, o => mapping.Find(o.Key)!);
        var bound = new List<OptionProperty>();
        foreach (var option in options)
        {
            if (!written.TryGetValue(option.Key, out var entry))
            {
                if (option.Required) errors.Add(place, $"'{option.Key}' is missing; it has no default");
                else bound.Add(option);
            }
            else if (Value(option.Property.PropertyType, entry.Value, option.Key, errors) is { } value && Set(instance, option, value, entry.Value.Place, errors))
            {
                bound.Add(option);
            }
        }
        foreach (var option in bound) OptionChecks.Check(instance, option, written.GetValueOrDefault(option.Key)?.Value, place, errors);
        if (errors.Count == before) OptionChecks.CheckWhole(instance, written, place, errors);
        return errors.Count == before ? instance : null;
    }

    /// <summary>A value of any type that options may have, or null with what is wrong in <paramref name="errors"/>.</summary>
    public static object? Value(Type type, Node node, string key, ErrorList errors)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarReader.Reads(type)) return ScalarReader.Read(type, node, key, errors);
        if (type == typeof(ClassSelection)) return ClassesReader.Read(node, key, errors);
        if (ItemType(type) is { } itemType) return Items(type, itemType, node, key, errors);
        if (type.IsAbstract || type.GetConstructor(Type.EmptyTypes) is null)
        {
            errors.Add(node.Place, $"'{key}' cannot be set from a manifest: its type {type.Name} is none that options may have");
            return null;
        }
        if (node is not MappingNode && !node.IsEmpty)
        {
            errors.Add(node.Place, $"'{key}' wants a mapping, not {node.Description}");
            return null;
        }
        var mapping = node as MappingNode ?? new MappingNode(node.Place, []);
        CheckKeys(mapping, [.. OptionProperty.Of(type).Select(o => o.Key)], $"key {{0}} in '{key}'", errors);
        return Read(type, mapping, node.Place, errors);
    }

    private static Array? Items(Type type, Type itemType, Node node, string key, ErrorList errors)
    {
        if (node is not SequenceNode list)
        {
            errors.Add(node.Place, $"'{key}' wants a list, such as [a, b], not {node.Description}");
            return null;
        }
        var items = list.Items.Select(item => Value(itemType, item, key, errors)).ToArray();
        if (items.Contains(null)) return null;
        var array = Array.CreateInstance(itemType, items.Length);
        Array.Copy(items, array, items.Length);
        return array;
    }

    /// <summary>The type of a list's items where an array can stand for the list, else null.</summary>
    internal static Type? ItemType(Type type)
    {
        var item = type.IsArray ? type.GetElementType() : type.IsInterface && type.IsGenericType ? type.GetGenericArguments()[0] : null;
        return item is not null && type.IsAssignableFrom(item.MakeArrayType()) ? item : null;
    }

    private static bool Set(object instance, OptionProperty option, object value, Place place, ErrorList errors)
    {
        try
        {
            option.Property.SetValue(instance, value);
            return true;
        }
        catch (TargetInvocationException e)
        {
            errors.Add(place, $"'{option.Key}' is refused: {e.InnerException!.Message}");
            return false;
        }
    }
}
