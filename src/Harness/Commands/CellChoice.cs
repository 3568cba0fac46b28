using Harness.Manifests;
using Harness.Results;
using Harness.Running;

namespace Harness.Commands;

/// <summary>The cells that --only names.</summary>
public static class CellChoice
{
    /// <summary>The plan with the named cells alone; all of it where none is named.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="named">Names or keys of cells.</param>
    /// <exception cref="RefusedPlanException">One is none of the plan's.</exception>
    public static PlanRecord Of(PlanRecord plan, IReadOnlyList<string> named)
    {
        if (named.Count == 0) return plan;
        foreach (var name in named.Where(name => !plan.Cells.Any(c => Is(c, name))))
            throw new RefusedPlanException($"--only '{name}' is no cell of the manifest{Suggestion.For(name, plan.Cells.Select(c => c.Spec.Name))}.");
        return plan with { Cells = [.. plan.Cells.Where(c => named.Any(name => Is(c, name)))] };
    }

    private static bool Is(PlannedCell cell, string name) => cell.Spec.Name == name || cell.Key == name;
}
