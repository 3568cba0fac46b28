using Harness.Manifests;
using Harness.Results;
using Harness.Running;

namespace Harness.Commands;

/// <summary>The cells of a plan as a command line names them: "ResNet18/mnist/0", or the key.</summary>
internal static class PlannedCells
{
    /// <summary>One cell.</summary>
    /// <param name="folder">The run's folder, for the message.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="named">Its name or its key.</param>
    /// <exception cref="RunFolderException">There is none; the nearest is named.</exception>
    public static PlannedCell Find(RunFolder folder, PlanRecord plan, string named) => plan.Cells.FirstOrDefault(c => Is(c, named))
        ?? throw new RunFolderException($"{folder.PlanPath} names no cell '{named}'{Nearest(plan, named)}");

    /// <summary>The plan with the cells alone that --only names; all of it where none is named.</summary>
    /// <param name="plan">The whole plan.</param>
    /// <param name="named">Names or keys of cells.</param>
    /// <exception cref="RefusedPlanException">One is none of the plan's; the nearest is named.</exception>
    public static PlanRecord Only(PlanRecord plan, IReadOnlyList<string> named)
    {
        if (named.Count == 0) return plan;
        foreach (var name in named.Where(name => !plan.Cells.Any(c => Is(c, name))))
            throw new RefusedPlanException($"--only '{name}' is no cell of the manifest{Nearest(plan, name)}");
        return plan with { Cells = [.. plan.Cells.Where(c => named.Any(name => Is(c, name)))] };
    }

    private static bool Is(PlannedCell cell, string named) => cell.Spec.Name == named || cell.Key == named;

    private static string Nearest(PlanRecord plan, string named) => Suggestion.Closing(named, plan.Cells.Select(c => c.Spec.Name));
}
