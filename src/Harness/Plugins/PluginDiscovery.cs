using System.Reflection;

namespace Harness.Plugins;

/// <summary>Finds, checks and loads the plugins of the plugins folders.</summary>
/// <remarks>
/// Never loads libtorch, so the scheduling process may call it. A DLL is first judged by its metadata; only one that fits this host is loaded, and
/// none of its code is run. A broken plugin costs itself and no other.
/// </remarks>
public static class PluginDiscovery
{
    /// <summary>The folder of the plugins that come with the host: <c>plugins</c> beside the executable.</summary>
    public static string OwnFolder { get; } = Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>Finds the plugins of the host's own folder and of others.</summary>
    /// <param name="folders">Further plugins folders (<c>--plugins DIR</c>), in the order given.</param>
    public static PluginCatalog Discover(IEnumerable<string> folders) => In([OwnFolder, .. folders]);

    /// <summary>Finds the plugins of the given folders and no others. Of two plugins with one kind and name the first is taken.</summary>
    /// <param name="folders">Plugins folders: each holds a sub-folder for each plugin, or DLLs, or is the output folder of one plugin.</param>
    public static PluginCatalog In(IEnumerable<string> folders)
    {
        var plugins = new List<PluginDescriptor>();
        var refused = new List<RefusedPlugin>();
        foreach (var folder in folders.Select(Normal).Distinct())
        {
            foreach (var candidate in Candidates(folder, refused)) Take(candidate, plugins, refused);
        }

        return new PluginCatalog([.. plugins.OrderBy(plugin => plugin.Kind).ThenBy(plugin => plugin.Name, StringComparer.Ordinal)], refused);
    }

    private static string Normal(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private static IReadOnlyList<PluginCandidate> Candidates(string folder, List<RefusedPlugin> refused)
    {
        try
        {
            return PluginFolder.Candidates(folder, refused.Add);
        }
        catch (DirectoryNotFoundException)
        {
            refused.Add(new RefusedPlugin(folder, "The plugins folder does not exist: create it, or name another with --plugins DIR."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            refused.Add(new RefusedPlugin(folder, $"The plugins folder cannot be read: {e.Message}"));
        }

        return [];
    }

    private static void Take(PluginCandidate candidate, List<PluginDescriptor> plugins, List<RefusedPlugin> refused)
    {
        void Refuse(string reason) => refused.Add(new RefusedPlugin(candidate.Dll, reason));
        try
        {
            if (CandidateCheck.Fault(candidate) is { } fault)
            {
                Refuse(fault);
                return;
            }

            var hash = FolderHash.Of(candidate);
            var before = plugins.Count + refused.Count;
            foreach (var type in PluginAssembly.Load(candidate.Dll)) Take(type, candidate.Dll, hash, plugins, Refuse);
            if (plugins.Count + refused.Count == before)
                Refuse($"{Path.GetFileName(candidate.Dll)} holds no plugin: no public class in it has [Plugin(\"name\")].");
        }
        catch (PluginLoadException e)
        {
            Refuse(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Refuse($"It cannot be read: {e.Message}");
        }
    }

    private static void Take(Type type, string dll, string hash, List<PluginDescriptor> plugins, Action<string> refuse)
    {
        if (Read(type, dll, refuse) is not var (kind, attribute, options)) return;
        if (plugins.Find(plugin => plugin.Kind == kind && plugin.Name == attribute.Name) is { } first)
        {
            refuse($"The {kind.ToString().ToLowerInvariant()} '{attribute.Name}' of {dll} is there already, from {first.File}: rename one or remove it.");
            return;
        }

        plugins.Add(new PluginDescriptor(kind, attribute.Name, attribute.Summary, VersionOf(type.Assembly), dll, hash, type, options));
    }

    private static (PluginKind Kind, PluginAttribute Attribute, Type? Options)? Read(Type type, string dll, Action<string> refuse)
    {
        try
        {
            var plugin = PluginClass.Read(type, out var fault);
            if (fault is not null) refuse(fault);
            return plugin;
        }
        catch (Exception e) when (PluginAssembly.IsLoadFailure(e))
        {
            // Types of parameters and of attributes are looked up only here.
            refuse(PluginAssembly.Sentence(dll, e));
            return null;
        }
    }

    // What follows a plus sign is the commit the SDK adds; the hash says more.
    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version!.ToString(3);
}
