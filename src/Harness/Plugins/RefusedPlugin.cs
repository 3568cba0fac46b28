namespace Harness.Plugins;

/// <summary>A plugin folder or DLL that was not taken, and why.</summary>
/// <param name="Path">The folder or file.</param>
/// <param name="Reason">One sentence: what is wrong and what would be right.</param>
public sealed record RefusedPlugin(string Path, string Reason);
