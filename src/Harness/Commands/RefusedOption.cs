using Harness.Manifests;
using Harness.Training;

namespace Harness.Commands;

/// <summary>An option that an architecture refused when its network was built, as an error of the manifest.</summary>
public static class RefusedOption
{
    /// <summary>The error, at the option's place in the manifest.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="finding">A finding whose option is named.</param>
    public static ManifestError Error(Plan plan, PreflightFinding finding) =>
        plan.Places.Error(plan.Cells.First(c => c.Name == finding.Cells[0]), finding.Option!, $"{CellNames.Short(finding.Cells)}: {finding.NetworkFault}");
}
