using Harness.Results;

namespace Harness.Running;

/// <summary>Takes finished cells over from other run folders: what has the same key has the same numbers, so it is copied and not trained.</summary>
/// <param name="sources">The other run folders, the first that has a cell being asked.</param>
public sealed class CellReuse(IReadOnlyList<RunFolder> sources)
{
    /// <summary>Where a cell lies whole and done.</summary>
    /// <param name="key">Its content key.</param>
    /// <returns>Its folder in another run, or null.</returns>
    public CellFolder? Find(string key) => sources.Select(source => source.Cell(key)).FirstOrDefault(IsDone);

    /// <summary>
    /// Copies a cell into a run folder, under another name first: the copy takes its place when it is whole, and what an unfinished attempt has left there goes then.
    /// </summary>
    /// <param name="source">Where it lies done.</param>
    /// <param name="cell">The cell, as it is called in this run.</param>
    /// <param name="target">Its folder in this run; nobody may be at work on it.</param>
    /// <returns>Whether it is there now; false where the source changed while it was copied.</returns>
    public static bool Take(CellFolder source, PlannedCell cell, CellFolder target)
    {
        var staged = new CellFolder(Beside(target, "reused"));
        var replaced = Beside(target, "replaced");
        Delete(staged.Path);
        Delete(replaced);
        staged.CopyFrom(source);
        if (source.ReadResult() is not { } result || !IsDone(staged, result)) return false;
        staged.WriteSpec(cell.Spec);
        if (cell.Identity is not null) staged.WriteIdentity(cell.Identity);
        staged.WriteResult(result with { ReusedFrom = source.Path });

        if (Directory.Exists(target.Path)) Directory.Move(target.Path, replaced);
        Directory.Move(staged.Path, target.Path);
        Delete(replaced);
        return true;
    }

    private static bool IsDone(CellFolder folder) => CellStanding.Of(folder) is { IsFinished: true, Damage: null } && folder.ReadResult() is { } result && IsDone(folder, result);

    private static bool IsDone(CellFolder folder, CellResult result) =>
        result.Outcome == Outcome.Done && result.Measurements == folder.ReadMeasurements().Count;

    // A name that begins with a dot is no cell's.
    private static string Beside(CellFolder folder, string what) =>
        Path.Combine(Path.GetDirectoryName(folder.Path)!, $".{Path.GetFileName(folder.Path)}.{what}");

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
