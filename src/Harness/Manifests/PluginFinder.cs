using Harness.Manifests.Options;
using Harness.Manifests.Yaml;
using Harness.Plugins;

namespace Harness.Manifests;

/// <summary>Finds the plugin a manifest names, or says why there is none: mistyped, of another kind, refused.</summary>
internal sealed class PluginFinder(PluginCatalog catalog, ErrorList errors)
{
    /// <summary>The plugin, or null with the reason in the errors.</summary>
    /// <param name="kind">The kind wanted.</param>
    /// <param name="name">Its name as written.</param>
    /// <param name="place">Where it is written.</param>
    /// <param name="reserved">Keys of the manifest's own that stand beside the plugin's options.</param>
    public PluginDescriptor? Find(PluginKind kind, string name, Place place, IReadOnlyCollection<string> reserved)
    {
        if (catalog.Find(kind, name) is not { } plugin)
        {
            errors.Add(place, Missing(kind, name));
            return null;
        }
        foreach (var taken in OptionProperty.Of(plugin.OptionsType).Select(o => o.Key).Where(reserved.Contains).Except(kind == PluginKind.Dataset ? TakenOver.Keys(plugin.OptionsType) : []))
        {
            errors.Add(place, $"{Noun(kind)} '{plugin.Name}' cannot be used: its option '{taken}' has the name of a key that manifests keep for themselves; its author has to rename it");
            return null;
        }
        return plugin;
    }

    /// <summary>What a sentence calls a plugin of a kind.</summary>
    public static string Noun(PluginKind kind) => kind switch
    {
        PluginKind.Architecture => "architecture",
        PluginKind.Dataset => "data set",
        _ => "metric",
    };

    private string Missing(PluginKind kind, string name)
    {
        var sentence = $"there is no {Noun(kind)} {Quoted.Text(name)}";
        if (catalog.Refused.FirstOrDefault(r => IsOf(r, name)) is { } refused)
            return $"{sentence}: {refused.Path} was refused: {refused.Reason.TrimEnd('.')}";
        if (Enum.GetValues<PluginKind>().FirstOrDefault(k => k != kind && catalog.Find(k, name) is not null, kind) is var other && other != kind)
            return $"{sentence}; {Quoted.Text(name)} is a {Noun(other)}";
        return sentence + Suggestion.For(name, catalog.Names(kind));
    }

    /// <summary>A refused plugin has no name of its own; its folder or file mostly bears it.</summary>
    private static bool IsOf(RefusedPlugin refused, string name)
    {
        var wanted = Letters(name);
        return wanted.Length > 0 && new[] { Path.GetFileNameWithoutExtension(refused.Path), Path.GetFileName(Path.GetDirectoryName(refused.Path) ?? "") }
            .Any(n => Letters(n) == wanted);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
