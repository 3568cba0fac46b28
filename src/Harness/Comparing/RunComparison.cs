using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Comparing;

/// <summary>Runs beside the first of them: their numbers place by place of the matrix, what changed between them, and architectures that the paper does not have beside its three.</summary>
public sealed record RunComparison
{
    /// <summary>The plugins of the paper's architectures.</summary>
    private static readonly string[] Paper = ["vgg", "resnet", "densenet"];

    /// <summary>The runs by their folders, in the order given.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Each other run against the first, where both have finished cells of the same labels and seeds.</summary>
    public required IReadOnlyList<QuantityDifference> Differences { get; init; }

    /// <summary>What is otherwise in each other run.</summary>
    public required IReadOnlyList<RunChange> Changes { get; init; }

    /// <summary>Places where both runs have the same cells, keys and all: their numbers are the same, and are left out.</summary>
    public required IReadOnlyList<string> Same { get; init; }

    /// <summary>Architectures that are none of the paper's three, against each of the three on the same data set.</summary>
    public required IReadOnlyList<QuantityDifference> NewArchitectures { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="folders">Two runs or more.</param>
    /// <exception cref="RunFolderException">One is no run, or a damaged one.</exception>
    public static RunComparison Of(IReadOnlyList<RunFolder> folders)
    {
        var runs = folders.Select(folder => new ComparedRun(folder)).ToList();
        var others = runs.Skip(1).ToList();
        var same = new List<string>();
        return new()
        {
            Runs = [.. runs.Select(r => r.Folder.Path)],
            Differences = [.. others.SelectMany(other => Matched(runs[0], other, same))],
            Changes = [.. others.SelectMany(other => RunChanges.Between(runs[0], other))],
            Same = [.. same.Distinct()],
            NewArchitectures = [.. runs.SelectMany(run => BesideThePaper(run, runs))],
        };
    }

    private static IEnumerable<QuantityDifference> Matched(ComparedRun first, ComparedRun other, List<string> same)
    {
        foreach (var dataset in other.View.Datasets)
            foreach (var architecture in other.View.Architectures)
            {
                var (from, to) = (first.Done(architecture, dataset), other.Done(architecture, dataset));
                var pairs = Pairs(from, to);
                if (pairs.Count == 0) continue;
                if (pairs.All(p => p.From.Key == p.To.Key)) same.Add($"{architecture}/{dataset}");
                else foreach (var difference in Between(first, other, architecture, architecture, dataset, pairs)) yield return difference;
            }
    }

    private static IEnumerable<QuantityDifference> BesideThePaper(ComparedRun run, IReadOnlyList<ComparedRun> runs)
    {
        foreach (var dataset in run.View.Datasets)
            foreach (var architecture in run.View.Architectures)
            {
                var own = run.Done(architecture, dataset);
                if (own.Count == 0 || Paper.Contains(own[0].Spec.Architecture.Plugin)) continue;
                // Its own run's, where that has them, since those were trained alike; else those of the first run that does.
                var source = runs.Prepend(run).FirstOrDefault(r => Peers(r, dataset).Any());
                if (source is null) continue;
                foreach (var peer in Peers(source, dataset))
                {
                    var pairs = Pairs(source.Done(peer, dataset), own);
                    if (pairs.Count == 0) continue;
                    foreach (var difference in Between(source, run, peer, architecture, dataset, pairs)) yield return difference;
                }
            }
    }

    private static IEnumerable<string> Peers(ComparedRun run, string dataset) => run.View.Architectures.Where(a => run.Done(a, dataset) is [var cell, ..] && Paper.Contains(cell.Spec.Architecture.Plugin));

    private static List<(CellView From, CellView To)> Pairs(IReadOnlyList<CellView> from, IReadOnlyList<CellView> to) =>
        [.. from.Join(to, c => c.Spec.Seed, c => c.Spec.Seed, (a, b) => (a, b)).DistinctBy(p => p.a.Spec.Seed)];

    private static IEnumerable<QuantityDifference> Between(
        ComparedRun other, ComparedRun run, string otherArchitecture, string architecture, string dataset, IReadOnlyList<(CellView From, CellView To)> pairs)
    {
        foreach (var reading in pairs[0].To.Curves.Select(c => new Reading(c.Id, c.Split)))
        {
            if (run.Declared.GetValueOrDefault(reading.Id) is not { } declared) continue;
            var values = pairs.Select(p => (From: p.From[reading].Last, To: p.To[reading].Last))
                .Where(p => p is { From: { } from, To: { } to } && double.IsFinite(from) && double.IsFinite(to)).Select(p => (From: p.From!.Value, To: p.To!.Value)).ToList();
            if (values.Count == 0) continue;
            yield return new()
            {
                Run = run.Folder.Path,
                With = other.Folder.Path,
                Architecture = architecture,
                WithArchitecture = otherArchitecture,
                Dataset = dataset,
                Quantity = reading.Id,
                Split = reading.Split,
                Unit = declared.Unit,
                Direction = declared.Direction,
                From = values.Average(v => v.From),
                To = values.Average(v => v.To),
                Difference = PairedDifference.Of(values, declared.Scale == AxisScale.Log),
            };
        }
    }
}
