using Harness.Manifests;
using Harness.Plugins;

namespace Harness.Tests.Manifests;

/// <summary>What planning a manifest says is wrong with it.</summary>
internal static class ManifestErrors
{
    /// <summary>Everything that is wrong; empty where it can be planned.</summary>
    public static IReadOnlyList<ManifestError> Of(string path, PluginCatalog catalog)
    {
        try
        {
            ManifestPlanner.Plan(path, catalog);
            return [];
        }
        catch (ManifestException e)
        {
            return e.Errors;
        }
    }
}
