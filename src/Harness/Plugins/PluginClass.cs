using System.Reflection;
using System.Text.RegularExpressions;

namespace Harness.Plugins;

/// <summary>Reads one type of a plugin's DLL: a plugin, nothing to do with plugins, or a mistake that its author should hear of.</summary>
internal static partial class PluginClass
{
    private static readonly IReadOnlyDictionary<PluginKind, Type> Contracts = new Dictionary<PluginKind, Type>
    {
        [PluginKind.Architecture] = typeof(IArchitecture),
        [PluginKind.Dataset] = typeof(IDataset),
        [PluginKind.Metric] = typeof(IMetric),
    };

    private static readonly string AnyContract = $"{nameof(IArchitecture)}, {nameof(IDataset)} or {nameof(IMetric)}";

    /// <summary>What a type is.</summary>
    /// <param name="type">A type the DLL defines.</param>
    /// <param name="fault">Null, or why the type cannot be the plugin it means to be.</param>
    /// <returns>Kind, name, summary and options of a plugin; null where there is a fault or the type is none.</returns>
    public static (PluginKind Kind, PluginAttribute Attribute, Type? Options)? Read(Type type, out string? fault)
    {
        var kinds = Contracts.Where(contract => contract.Value.IsAssignableFrom(type)).Select(contract => contract.Key).ToList();
        var attribute = type.GetCustomAttribute<PluginAttribute>();
        fault = attribute is null ? WithoutAttribute(type, kinds) : WithAttribute(type, kinds, attribute);
        if (attribute is null || fault is not null) return null;
        var options = type.GetConstructors()[0].GetParameters() is [var parameter] ? parameter.ParameterType : null;
        return (kinds[0], attribute, options);
    }

    private static string? WithoutAttribute(Type type, IReadOnlyList<PluginKind> kinds) =>
        kinds.Count > 0 && type is { IsClass: true, IsAbstract: false, IsVisible: true }
            ? $"Class {type.FullName} implements {Contracts[kinds[0]].Name} and has no [Plugin(\"name\")]: add the attribute, or make the class internal."
            : null;

    private static string? WithAttribute(Type type, IReadOnlyList<PluginKind> kinds, PluginAttribute attribute)
    {
        var subject = $"Class {type.FullName}";
        if (!type.IsVisible) return $"{subject} has [Plugin] and is not public: make it public.";
        if (type.IsAbstract) return $"{subject} has [Plugin] and is abstract: put the attribute on the class that can be made.";
        if (type.IsGenericTypeDefinition) return $"{subject} has [Plugin] and type parameters: put the attribute on a class without them.";
        if (kinds.Count == 0) return Stranger(type) ?? $"{subject} has [Plugin] and implements none of {AnyContract}.";
        if (kinds.Count > 1)
            return $"{subject} implements {string.Join(" and ", kinds.Select(kind => Contracts[kind].Name))}: make it one plugin of one kind.";
        if (!NamePattern().IsMatch(attribute.Name))
            return $"{subject} is called '{attribute.Name}': a plugin's name is lower-case letters, digits and hyphens, and starts with a letter or digit.";
        return ConstructorFault(type, subject);
    }

    /// <summary>An interface called as one of the contract's that comes from somewhere else looks right in the source and is another type.</summary>
    private static string? Stranger(Type type) =>
        type.GetInterfaces().FirstOrDefault(own => Contracts.Values.Any(contract => contract.FullName == own.FullName)) is { } stranger
            ? $"Class {type.FullName} implements {stranger.FullName} of {stranger.Assembly.GetName().Name}, not that of {HostContract.Name}: compile it against {HostContract.Name} alone."
            : null;

    private static string? ConstructorFault(Type type, string subject)
    {
        const string Rule = "a plugin has one public constructor, with no parameter or with one options record";
        var constructors = type.GetConstructors();
        if (constructors.Length != 1) return $"{subject} has {constructors.Length} public constructors: {Rule}.";
        var parameters = constructors[0].GetParameters();
        if (parameters.Length == 0) return null;
        if (parameters.Length > 1) return $"{subject} has a constructor with {parameters.Length} parameters: {Rule}.";
        var options = parameters[0].ParameterType;
        if (!IsRecord(options) || options.IsAbstract) return $"{subject} has a constructor that takes {options.Name}, which is no record that can be made: {Rule}.";
        return options.GetConstructor(Type.EmptyTypes) is null
            ? $"{subject} takes the options record {options.Name}, which has no public constructor without parameters: give it properties with init and defaults instead."
            : null;
    }

    // The compiler gives every record class this method and no other class can have it.
    private static bool IsRecord(Type type) => type.IsClass && type.GetMethod("<Clone>$") is not null;

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*\z")]
    private static partial Regex NamePattern();
}
