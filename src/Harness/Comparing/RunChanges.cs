using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Comparing;

/// <summary>What changed between two runs: cells, what decides their numbers, the machine and the versions.</summary>
internal static class RunChanges
{
    /// <summary>All of it, that of most cells first within its kind.</summary>
    /// <param name="first">The run that others are compared with.</param>
    /// <param name="other">The other run.</param>
    public static IEnumerable<RunChange> Between(ComparedRun first, ComparedRun other)
    {
        var path = other.Folder.Path;
        var (before, now) = (first.View.Cells.DistinctBy(c => c.Spec.Name).ToDictionary(c => c.Spec.Name), other.View.Cells.DistinctBy(c => c.Spec.Name).ToDictionary(c => c.Spec.Name));
        var changes = new List<RunChange>();
        if (now.Keys.Except(before.Keys).ToList() is { Count: > 0 } added) changes.Add(new(path, ChangeKind.Manifest, "is planned, and was not", added));
        if (before.Keys.Except(now.Keys).ToList() is { Count: > 0 } gone) changes.Add(new(path, ChangeKind.Manifest, "is not planned any more", gone));
        changes.AddRange(Identities(first, other, before, now));
        if (first.View.Environment is { } was && other.View.Environment is { } isNow) changes.AddRange(Environments(path, was, isNow));
        return changes.OrderBy(c => c.What).ThenByDescending(c => c.Cells.Count);
    }

    private static IEnumerable<RunChange> Identities(ComparedRun first, ComparedRun other, Dictionary<string, CellView> before, Dictionary<string, CellView> now)
    {
        var found = new List<(ChangeKind What, string Sentence, string Cell)>();
        // What environment.json says once for the run is not said again for each of its cells.
        var told = first.View.Environment is not null && other.View.Environment is not null;
        foreach (var (name, cell) in now)
        {
            if (!before.TryGetValue(name, out var earlier) || earlier.Key == cell.Key) continue;
            if (first.Planned(earlier).Identity is { } was && other.Planned(cell).Identity is { } isNow)
                found.AddRange(IdentityDifference.Between(was, isNow).Where(d => !told || !IsOfTheRun(d.Field)).Select(d => (Kind(d.Field), d.Sentence, name)));
            else found.Add((ChangeKind.Manifest, "is another cell, of which a version of the harness kept no identity to compare", name));
        }
        return found.GroupBy(f => (f.What, f.Sentence), f => f.Cell).Select(g => new RunChange(other.Folder.Path, g.Key.What, g.Key.Sentence, [.. g]));
    }

    private static bool IsOfTheRun(string field) => field.EndsWith(".hash", StringComparison.Ordinal) || field.StartsWith("versions.", StringComparison.Ordinal);

    private static ChangeKind Kind(string field) =>
        field == "datasetFingerprint" ? ChangeKind.Data
        : field.EndsWith(".hash", StringComparison.Ordinal) ? ChangeKind.Plugins
        : field.StartsWith("versions.", StringComparison.Ordinal) || field is "deviceKind" or "threads" or "precision" ? ChangeKind.Environment
        : ChangeKind.Manifest;

    private static IEnumerable<RunChange> Environments(string path, EnvironmentRecord was, EnvironmentRecord now)
    {
        (string Name, string Was, string Now)[] facts =
        [
            ("harness", was.Harness, now.Harness), ("contract", was.Contract, now.Contract), ("TorchSharp", was.TorchSharp, now.TorchSharp), ("libtorch", was.Libtorch, now.Libtorch),
            (".NET", was.Dotnet, now.Dotnet), ("system", was.System, now.System), ("processor", was.Processor, now.Processor), ("processors", $"{was.Cores}", $"{now.Cores}"),
        ];
        foreach (var fact in facts.Where(f => f.Was != f.Now)) yield return new(path, ChangeKind.Environment, $"{fact.Name} is {fact.Now}, and was {fact.Was}", []);

        var (earlier, later) = (was.Plugins.ToDictionary(Name), now.Plugins.ToDictionary(Name));
        foreach (var name in later.Keys.Except(earlier.Keys)) yield return new(path, ChangeKind.Plugins, $"{name} {later[name].Version} is used, and was not", []);
        foreach (var name in earlier.Keys.Except(later.Keys)) yield return new(path, ChangeKind.Plugins, $"{name} {earlier[name].Version} is not used any more", []);
        foreach (var name in later.Keys.Intersect(earlier.Keys).Where(n => later[n].Hash != earlier[n].Hash))
        {
            var (a, b) = (earlier[name].Version, later[name].Version);
            yield return new(path, ChangeKind.Plugins, a == b ? $"{name} {b} has other files" : $"{name} is {b}, and was {a}", []);
        }
    }

    private static string Name(PluginRecord plugin) => $"{plugin.Kind} {plugin.Name}";
}
