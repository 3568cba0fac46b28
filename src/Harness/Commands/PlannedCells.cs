using Harness.Manifests;
using Harness.Results;

namespace Harness.Commands;

/// <summary>The cells of a plan as a command line names them.</summary>
internal static class PlannedCells
{
    /// <summary>A cell by its name or its key.</summary>
    /// <param name="folder">The run's folder, for the message.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="named">"ResNet18/mnist/0", or the key.</param>
    /// <exception cref="RunFolderException">There is none; the nearest is named.</exception>
    public static PlannedCell Find(RunFolder folder, PlanRecord plan, string named) => plan.Cells.FirstOrDefault(c => c.Spec.Name == named || c.Key == named)
        ?? throw new RunFolderException($"{folder.PlanPath} names no cell '{named}'{Suggestion.For(named, plan.Cells.Select(c => c.Spec.Name))}.");
}
