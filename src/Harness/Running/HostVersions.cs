using System.Reflection;

namespace Harness.Running;

/// <summary>Versions of the host and of what it is built on.</summary>
public static class HostVersions
{
    /// <summary>The host.</summary>
    public static string Harness { get; } = Informational(typeof(HostVersions).Assembly);

    /// <summary>The plugin contract.</summary>
    public static string Contract { get; } = Informational(typeof(IMetric).Assembly);

    /// <summary>TorchSharp.</summary>
    public static string TorchSharp { get; } = Informational(typeof(global::TorchSharp.torch).Assembly);

    private static string Informational(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? assembly.GetName().Version!.ToString();
}
