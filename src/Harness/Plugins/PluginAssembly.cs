using System.Reflection;
using System.Runtime.Loader;
using McMaster.NETCore.Plugins;

namespace Harness.Plugins;

/// <summary>A plugin's DLL, loaded into a context of its own: the one place that knows McMaster.NETCore.Plugins.</summary>
/// <remarks>Never unloaded: types of TorchSharp that a plugin derives from keep it alive.</remarks>
internal static class PluginAssembly
{
    /// <summary>Loads a DLL with all its types. The contract and TorchSharp come from the host, everything else from the plugin's folder first.</summary>
    /// <param name="dll">Full path.</param>
    /// <returns>The types the DLL defines, the public and the others.</returns>
    /// <exception cref="PluginLoadException">A dependency is missing or the host's own assemblies were not taken.</exception>
    public static IReadOnlyList<Type> Load(string dll)
    {
        try
        {
            // Lazy: otherwise every load walks all that TorchSharp refers to, drawing and protobuf libraries included.
            var loader = PluginLoader.CreateFromAssemblyFile(dll, HostContract.SharedTypes, config => config.IsLazyLoaded = true);
            var assembly = loader.LoadDefaultAssembly();
            var types = assembly.GetTypes();
            RequireShared(assembly);
            return types;
        }
        catch (ReflectionTypeLoadException e)
        {
            throw new PluginLoadException(Sentence(dll, e.LoaderExceptions.OfType<Exception>().FirstOrDefault() ?? e), e);
        }
        catch (Exception e) when (IsLoadFailure(e))
        {
            throw new PluginLoadException(Sentence(dll, e), e);
        }
    }

    /// <summary>True for what the runtime throws where an assembly or a type in it cannot be had.</summary>
    public static bool IsLoadFailure(Exception e) => e is IOException or BadImageFormatException or TypeLoadException or MissingMemberException;

    /// <summary>Says in a sentence which dependency of a DLL failed.</summary>
    public static string Sentence(string dll, Exception e)
    {
        var name = Path.GetFileName(dll);
        return e switch
        {
            FileNotFoundException { FileName: { } missing } =>
                $"{name} needs {new AssemblyName(missing).Name}.dll ({missing.Split(", Culture")[0]}), which is not in its folder: copy the plugin's whole build output there.",
            FileLoadException { FileName: { } other } => $"{name} needs {other.Split(", Culture")[0]}, which cannot be loaded: {OneLine(e)}.",
            _ => $"{name} cannot be loaded: {OneLine(e)}.",
        };
    }

    // The loader falls back to a plugin's private copy in silence, and its types would be others than the host's.
    private static void RequireShared(Assembly assembly)
    {
        var shared = HostContract.SharedTypes.Select(type => type.Assembly.GetName().Name).ToHashSet();
        if (AssemblyLoadContext.GetLoadContext(assembly)!.Assemblies.FirstOrDefault(own => shared.Contains(own.GetName().Name)) is { } copy)
            throw new PluginLoadException($"It loads its own copy of {copy.GetName().Name} from {copy.Location}: remove that file, the host brings it.");
    }

    private static string OneLine(Exception e) => string.Join(' ', e.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}

/// <summary>A plugin's DLL does not load.</summary>
/// <param name="sentence">What is wrong and what would be right.</param>
/// <param name="inner">What the runtime said, if anything.</param>
internal sealed class PluginLoadException(string sentence, Exception? inner = null) : Exception(sentence, inner);
