namespace Harness.Plugins;

/// <summary>A DLL that may hold plugins, with all that was dropped in with it.</summary>
/// <param name="Folder">The folder that file names are relative to.</param>
/// <param name="Dll">Full path of the DLL.</param>
/// <param name="Files">Full paths of every file that belongs to it, the DLL among them.</param>
internal sealed record PluginCandidate(string Folder, string Dll, IReadOnlyList<string> Files)
{
    /// <summary>The DLLs of the folder, its own first.</summary>
    public IEnumerable<string> Dlls => Files.Where(PluginFolder.IsDll).OrderBy(file => file != Dll).ThenBy(file => file, StringComparer.Ordinal);
}
