using System.Reflection;
using System.Runtime.Versioning;
using TorchSharp;

namespace Harness.Plugins;

/// <summary>What host and plugins share, and which versions of it fit this host.</summary>
internal static class HostContract
{
    /// <summary>Types whose assemblies a plugin gets from the host, never from its own folder.</summary>
    public static Type[] SharedTypes { get; } = [typeof(IArchitecture), typeof(torch)];

    /// <summary>Simple name of the contract's assembly.</summary>
    public static string Name { get; } = typeof(IArchitecture).Assembly.GetName().Name!;

    private static Version ContractVersion { get; } = VersionOf(typeof(IArchitecture));

    private static Version TorchSharpVersion { get; } = VersionOf(typeof(torch));

    private static FrameworkName Framework { get; } =
        new(typeof(HostContract).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName);

    /// <summary>Says why an assembly cannot live in this host, or null where it can.</summary>
    /// <param name="file">The assembly's name, for the sentence.</param>
    /// <param name="facts">What it was compiled against.</param>
    public static string? Misfit(string file, AssemblyFacts facts) =>
        FrameworkMisfit(file, facts.Framework)
        ?? ContractMisfit(file, facts.References.GetValueOrDefault(Name))
        ?? TorchSharpMisfit(file, facts.References.GetValueOrDefault("TorchSharp"));

    private static string? FrameworkMisfit(string file, FrameworkName? built)
    {
        if (built is null or { Identifier: ".NETStandard" }) return null;
        if (built.Identifier == Framework.Identifier && built.Version <= Framework.Version) return null;
        var name = built.Identifier == Framework.Identifier ? Moniker(built) : built.FullName;
        return $"{file} is built for {name}, this host runs {Moniker(Framework)}: rebuild it for {Moniker(Framework)}.";
    }

    private static string? ContractMisfit(string file, Version? built)
    {
        // While the major version is 0, every minor version may break plugins (semantic versioning, item 4).
        var host = ContractVersion;
        if (built is null || (built.Major == host.Major && (host.Major > 0 || built.Minor == host.Minor))) return null;
        var wanted = host.Major > 0 ? $"{host.Major}.x" : $"0.{host.Minor}.x";
        return $"{file} is built against {Name} {built.ToString(3)}, this host has {host.ToString(3)}: rebuild it against {wanted}.";
    }

    private static string? TorchSharpMisfit(string file, Version? built) =>
        built is null || built == TorchSharpVersion
            ? null
            : $"{file} is built against TorchSharp {built.ToString(3)}, this host has {TorchSharpVersion.ToString(3)}: rebuild it against {TorchSharpVersion.ToString(3)}.";

    private static Version VersionOf(Type type) => type.Assembly.GetName().Version!;

    private static string Moniker(FrameworkName framework) => $"net{framework.Version.ToString(2)}";
}
