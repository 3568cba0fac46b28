namespace Harness.Plugins;

/// <summary>Every plugin of the plugins folders, those refused with the reason.</summary>
/// <param name="Plugins">Those that can be used, by kind and name.</param>
/// <param name="Refused">Those that cannot.</param>
public sealed record PluginCatalog(IReadOnlyList<PluginDescriptor> Plugins, IReadOnlyList<RefusedPlugin> Refused)
{
    /// <summary>The plugin of that kind and name, or null.</summary>
    public PluginDescriptor? Find(PluginKind kind, string name) => Plugins.FirstOrDefault(p => p.Kind == kind && p.Name == name);

    /// <summary>Names of all plugins of a kind.</summary>
    public IEnumerable<string> Names(PluginKind kind) => Plugins.Where(p => p.Kind == kind).Select(p => p.Name);
}
