using System.Text.Json.Nodes;
using Harness.Results;

namespace Harness.Watching;

/// <summary>A cell whose folder is kept and that is not in the plan any more: it was edited, or the versions, the data or a plugin it hangs on changed.</summary>
/// <param name="Key">Its content key.</param>
/// <param name="Name">Its name; null where its files do not say.</param>
/// <param name="Outcome">How it ended, where it did.</param>
public sealed record StaleCell(string Key, string? Name, Outcome? Outcome)
{
    /// <summary>All of a run's.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="plan">Its plan.</param>
    public static IReadOnlyList<StaleCell> In(RunFolder folder, PlanRecord plan)
    {
        var planned = plan.Cells.Select(c => c.Key).ToHashSet();
        return [.. folder.CellKeys().Where(key => !planned.Contains(key)).Order(StringComparer.Ordinal).Select(key => Read(folder.Cell(key), key))];
    }

    /// <summary>
    /// What makes a planned cell another than those of its name that were run before: the fields that differ from the nearest of them, and that one. Null where
    /// there is none, or where an older harness left no identity to compare.
    /// </summary>
    /// <param name="cell">The planned cell.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="stale">The run's stale cells.</param>
    public static (StaleCell Earlier, IReadOnlyList<IdentityDifference> Differences)? WhyNot(PlannedCell cell, RunFolder folder, IReadOnlyList<StaleCell> stale)
    {
        if (cell.Identity is null) return null;
        return stale.Where(s => s.Name == cell.Spec.Name)
            .Select(s => (Earlier: s, Identity: Identity(folder.Cell(s.Key))))
            .Where(s => s.Identity is not null)
            .Select(s => ((StaleCell, IReadOnlyList<IdentityDifference>)?)(s.Earlier, IdentityDifference.Between(s.Identity!, cell.Identity)))
            .MinBy(s => s!.Value.Item2.Count);
    }

    private static StaleCell Read(CellFolder folder, string key)
    {
        try
        {
            return new(key, folder.ReadSpec().Name, folder.ReadResult()?.Outcome);
        }
        catch (RunFolderException)
        {
            // Nobody asks for its numbers any more; that it is there is all there is to say.
            return new(key, null, null);
        }
    }

    private static JsonObject? Identity(CellFolder folder)
    {
        try
        {
            return folder.ReadIdentity();
        }
        catch (RunFolderException)
        {
            return null;
        }
    }
}
