using System.Text.RegularExpressions;

namespace Harness.Plugins;

/// <summary>The checks before loading: on file names and metadata, so that a plugin which cannot work runs no code at all.</summary>
internal static partial class CandidateCheck
{
    /// <summary>Says why a candidate must not be loaded, or null where it may be.</summary>
    public static string? Fault(PluginCandidate candidate)
    {
        foreach (var file in candidate.Files)
        {
            if (Carried(file) is { } brought) return $"It carries {Path.GetRelativePath(candidate.Folder, file)}, and {brought}.";
        }

        var name = Path.GetFileName(candidate.Dll);
        if (AssemblyFacts.Read(candidate.Dll) is not { } facts) return $"{name} is no .NET assembly: build the plugin as a class library for net10.0.";
        if (HostContract.Misfit(name, facts) is { } misfit) return misfit;
        if (!facts.References.ContainsKey(HostContract.Name))
            return $"{name} does not reference {HostContract.Name}, so it is a dependency and no plugin: put it into the folder of the plugin that needs it.";

        // A dependency compiled against another contract or TorchSharp would fail later and less clearly.
        return candidate.Dlls.Skip(1)
            .Select(dll => AssemblyFacts.Read(dll) is { } other ? HostContract.Misfit(Path.GetFileName(dll), other) : null)
            .FirstOrDefault(reason => reason is not null);
    }

    private static string? Carried(string file)
    {
        var name = Path.GetFileName(file);
        if (Is(name, HostContract.Name + ".dll"))
            return $"the host brings the contract: give the plugin's reference to {HostContract.Name} ExcludeAssets=\"runtime\" (and Private=\"false\" where it is a project)";
        if (Is(name, "TorchSharp.dll"))
            return "the host brings TorchSharp: give the plugin's reference to TorchSharp ExcludeAssets=\"runtime;native\"";
        return TorchLibrary().IsMatch(name)
            ? "the host brings libtorch: give the plugin's reference to TorchSharp ExcludeAssets=\"runtime;native\" and reference no libtorch package"
            : null;
    }

    // libtorch_cpu.so, libc10.so.2, libLibTorchSharp.so, torch_cpu.dll; not TorchVision.dll, which is a plugin's own affair.
    [GeneratedRegex(@"^(lib)?(torch|LibTorchSharp|c10|caffe2|shm)(?![a-z]).*(\.dll|\.dylib|\.so[.\d]*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TorchLibrary();

    private static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
