using System.Globalization;
using Harness.Reporting.Numbers;
using Harness.Results;

namespace Harness.Comparing;

/// <summary>What a comparison says, as tables.</summary>
internal static class ComparisonTables
{
    private const int ShownCells = 3;

    private static readonly Reading[] Headline = [Reading.Nc1, Reading.TestAccuracy, Reading.Radius];

    /// <summary>The tables: differences, changes, new architectures.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="quantities">Ids of the quantities wanted, on whatever split; where there is none NC1 of the training features, test accuracy and the DeepFool radius.</param>
    public static IReadOnlyList<ComparisonTable> Of(RunComparison comparison, IReadOnlyList<string> quantities)
    {
        var names = Names(comparison.Runs);
        bool Wanted(QuantityDifference d) => quantities.Count > 0 ? quantities.Contains(d.Quantity) : Headline.Contains(new Reading(d.Quantity, d.Split));
        var (differences, beside) = (comparison.Differences.Where(Wanted).ToList(), comparison.NewArchitectures.Where(Wanted).ToList());
        var tables = new List<ComparisonTable>
        {
            new($"Against {names[comparison.Runs[0]]}", DifferencesNote(comparison, differences),
                ["run", "network", "data set", "quantity", "was", "is", "difference", "95 % interval", "seeds"],
                [.. differences.Select(d => (IReadOnlyList<string>)[names[d.Run], d.Architecture, d.Dataset, .. Numbers(d)])]),
            new("What changed", comparison.Changes.Count == 0 ? "Nothing that is known of." : "",
                ["run", "of the", "change", "cells"],
                [.. comparison.Changes.Select(c => (IReadOnlyList<string>)[names[c.Run], Json.Name(c.What), c.Sentence, Cells(c.Cells)])]),
        };
        if (beside.Count > 0)
        {
            tables.Add(new("New architectures beside the paper's three", "Each against the paper's network on the same data set, of its own run where that has one.",
                ["run", "network", "beside", "data set", "quantity", "the other", "itself", "difference", "95 % interval", "seeds"],
                [.. beside.Select(d => (IReadOnlyList<string>)[names[d.Run], d.Architecture, d.WithArchitecture + (d.With == d.Run ? "" : $" of {names[d.With]}"), d.Dataset, .. Numbers(d)])]));
        }
        return tables;
    }

    private static string DifferencesNote(RunComparison comparison, List<QuantityDifference> differences)
    {
        var notes = new List<string>();
        if (comparison.Same.Count > 0) notes.Add($"The same cells in both, and so the same numbers: {Cells(comparison.Same)}.");
        if (differences.Count == 0 && comparison.Same.Count == 0)
            notes.Add(comparison.Differences.Count == 0 ? "No network on a data set has finished cells with the same seeds in both." : "None of these quantities was measured in both.");
        if (differences.Count > 0) notes.Add("Means at the last epoch over the seeds that both have; the difference is paired by seed, × where it is a ratio; its interval is Student's, of the mean.");
        if (differences.Any(d => d.Difference.Pairs == 1)) notes.Add("One seed tells nothing of the spread: there is no interval.");
        return string.Join(" ", notes);
    }

    private static IEnumerable<string> Numbers(QuantityDifference d)
    {
        yield return d.Quantity + (d.Split is { } split ? $" ({Json.Name(split)})" : "") + (d.Unit == "1" ? "" : $", {d.Unit}");
        yield return Number.General(d.From);
        yield return Number.General(d.To);
        yield return Step(d.Difference, d.Difference.Mean);
        yield return d.Difference is { Low: { } low, High: { } high } ? $"{Step(d.Difference, low)} to {Step(d.Difference, high)}" : "none";
        yield return d.Difference.Pairs.ToString(CultureInfo.InvariantCulture);
    }

    private static string Step(PairedDifference difference, double value) => difference.IsRatio ? "×" + Number.General(value) : (value > 0 ? "+" : "") + Number.General(value);

    private static string Cells(IReadOnlyList<string> names) => string.Join(", ", names.Take(ShownCells)) + (names.Count > ShownCells ? $" and {names.Count - ShownCells} more" : "");

    /// <summary>The runs by the names of their folders; by their paths where names are alike.</summary>
    private static Dictionary<string, string> Names(IReadOnlyList<string> paths) =>
        paths.Distinct().ToDictionary(p => p, p => paths.Distinct().Count(other => Path.GetFileName(other) == Path.GetFileName(p)) == 1 ? Path.GetFileName(p) : p);
}
