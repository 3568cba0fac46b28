using Harness.Plugins;
using Testing;

namespace Harness.Tests.Planning;

/// <summary>The plugins that come with the host.</summary>
internal static class PaperCatalog
{
    public static PluginCatalog Catalog { get; } = PluginDiscovery.In([Path.Combine(Path.GetDirectoryName(HarnessCommandLine.Executable)!, "plugins")]);
}
