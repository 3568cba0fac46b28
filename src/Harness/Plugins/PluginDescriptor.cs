using System.Reflection;

namespace Harness.Plugins;

/// <summary>A plugin that was found, checked and loaded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What a manifest calls it.</param>
/// <param name="Summary">One line about it.</param>
/// <param name="Version">Version of its assembly, as its author writes it.</param>
/// <param name="File">Full path of its DLL.</param>
/// <param name="Hash">SHA-256 over the files of its folder, lower-case hex.</param>
/// <param name="Implementation">The class that carries the <see cref="PluginAttribute"/>.</param>
/// <param name="OptionsType">The record its constructor takes, or null where it takes none.</param>
public sealed record PluginDescriptor(
    PluginKind Kind, string Name, string Summary, string Version, string File, string Hash, Type Implementation, Type? OptionsType)
{
    /// <summary>Makes an instance. What the plugin's constructor throws comes out as it is, unwrapped.</summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>; ignored where that is null.</param>
    public object Create(object? options) => Activator.CreateInstance(
        Implementation, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DoNotWrapExceptions, binder: null, OptionsType is null ? [] : [options], culture: null)!;
}
