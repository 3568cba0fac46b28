namespace Harness.Plugins;

/// <summary>Finds the candidates in one plugins folder; looks at names and metadata only.</summary>
/// <remarks>
/// A plugins folder holds a sub-folder for each plugin, or DLLs on their own, or is itself the output folder of one plugin: whatever a user
/// is likely to point <c>--plugins</c> at.
/// </remarks>
internal static class PluginFolder
{
    /// <summary>Lists the candidates of a folder in the order of their names.</summary>
    /// <param name="folder">Full path of the plugins folder.</param>
    /// <param name="refuse">Receives what lies there and cannot be one plugin.</param>
    public static IReadOnlyList<PluginCandidate> Candidates(string folder, Action<RefusedPlugin> refuse)
    {
        var subfolders = Directory.GetDirectories(folder).Where(IsVisible).Order(StringComparer.Ordinal).ToList();
        var lone = DllsIn(folder);
        var own = NamedAs(folder, lone);
        if (own is null && !subfolders.Exists(sub => DllsIn(sub).Count > 0)) own = MainOf(folder, lone);
        if (own is not null) return [new PluginCandidate(folder, own, AllFiles(folder))];

        return [.. Lone(folder, lone), .. subfolders.Select(sub => InFolder(sub, refuse)).OfType<PluginCandidate>()];
    }

    /// <summary>True for a file called *.dll.</summary>
    public static bool IsDll(string file) => file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    private static PluginCandidate? InFolder(string folder, Action<RefusedPlugin> refuse)
    {
        var dlls = DllsIn(folder);
        var name = Path.GetFileName(folder);
        if ((NamedAs(folder, dlls) ?? MainOf(folder, dlls) ?? (dlls.Count == 1 ? dlls[0] : null)) is { } dll)
            return new PluginCandidate(folder, dll, AllFiles(folder));

        refuse(new RefusedPlugin(folder, dlls.Count == 0
            ? $"The folder holds no DLL: put {name}.dll there, with the other files of its build output."
            : $"The folder holds {dlls.Count} DLLs and none is called {name}.dll: name the folder after the plugin's DLL."));
        return null;
    }

    /// <summary>DLLs dropped side by side into a plugins folder: each plugin owns its own files and shares those that are no plugin's.</summary>
    private static IEnumerable<PluginCandidate> Lone(string folder, IReadOnlyList<string> dlls)
    {
        var plugins = dlls.Where(ReferencesContract).ToList();
        if (plugins.Count == 0) plugins = [.. dlls];
        var files = Directory.GetFiles(folder).Order(StringComparer.Ordinal).ToList();
        foreach (var plugin in plugins)
        {
            var others = plugins.Where(other => other != plugin).Select(Stem).ToList();
            yield return new PluginCandidate(folder, plugin, [.. files.Where(file => !others.Exists(other => file.StartsWith(other, StringComparison.Ordinal)))]);
        }
    }

    private static string? NamedAs(string folder, IReadOnlyList<string> dlls) =>
        dlls.FirstOrDefault(dll => Path.GetFileNameWithoutExtension(dll).Equals(Path.GetFileName(folder), StringComparison.OrdinalIgnoreCase));

    private static string? MainOf(string folder, IReadOnlyList<string> dlls) =>
        OnlyOne(dlls.Where(dll => File.Exists(Path.Combine(folder, Path.GetFileNameWithoutExtension(dll) + ".deps.json"))))
        ?? OnlyOne(dlls.Where(ReferencesContract));

    private static string? OnlyOne(IEnumerable<string> dlls) => dlls.Take(2).ToList() is [var only] ? only : null;

    /// <summary>Whether a DLL is built against the contract; true too where it cannot be read, so that it is refused by name and the others stay.</summary>
    private static bool ReferencesContract(string dll)
    {
        try
        {
            return AssemblyFacts.Read(dll)?.References.ContainsKey(HostContract.Name) ?? false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string Stem(string dll) => dll[..^"dll".Length];

    private static bool IsVisible(string path) => !Path.GetFileName(path).StartsWith('.');

    private static List<string> DllsIn(string folder) => [.. Directory.GetFiles(folder).Where(IsDll).Where(IsVisible).Order(StringComparer.Ordinal)];

    private static List<string> AllFiles(string folder) => [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
