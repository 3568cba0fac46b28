using System.Runtime.InteropServices;
using Harness.Results;
using Harness.Running;
using Harness.Torch;

namespace Harness.Commands;

/// <summary>The machine and the versions, for environment.json.</summary>
public static class MachineFacts
{
    /// <summary>The record of this moment.</summary>
    /// <param name="libtorch">Where libtorch lies.</param>
    /// <param name="plugins">The plugins used.</param>
    public static EnvironmentRecord Record(LibtorchLocation libtorch, IReadOnlyList<PluginRecord> plugins) => new()
    {
        Harness = HostVersions.Harness,
        Contract = HostVersions.Contract,
        TorchSharp = HostVersions.TorchSharp,
        Libtorch = $"{Libtorch.VersionOf(libtorch) ?? "of unknown version"} ({libtorch.Origin})",
        Dotnet = Environment.Version.ToString(),
        System = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
        Processor = Processor(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Command = ShellWords.Join(["harness", .. Environment.GetCommandLineArgs().Skip(1)]),
        Started = DateTimeOffset.UtcNow,
        Plugins = plugins,
    };

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var line = File.Exists(Info) ? File.ReadLines(Info).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
