using Harness.Reporting.Statistics;

namespace Harness.Reporting.Numbers;

/// <summary>What a run's numbers say, in sentences: each with its interval and with what is behind it, never more than the data bear.</summary>
/// <param name="Findings">The statements, the most important first.</param>
/// <param name="Caveats">How to read the intervals, and what they leave out.</param>
internal sealed record Verdict(IReadOnlyList<Finding> Findings, IReadOnlyList<string> Caveats)
{
    /// <summary>Makes it.</summary>
    public static Verdict Of(Summary summary)
    {
        if (summary.Done == 0) return new([new("nothing", "No cell has run to its end yet, so there is nothing to conclude.", "", Bearing.Missing)], []);
        Finding[] sweeps = summary.Sweeps.Count > 0 ? [new("sweeps", Sweeps(summary.Sweeps), "", Bearing.Shown)] : [];
        if (summary.InMatrix == 0) return new([new("nothing", "There is nothing to conclude yet.", "", Bearing.Missing), .. sweeps], []);
        var words = new EstimateWords(summary.Noun);
        return new(
            [
                new AssociationWords(summary.Noun, "robustness").Verdict(summary.Together),
                Terminal(summary),
                Collapse(summary, words),
                Changed("radius", "the DeepFool radius", summary.Radius, summary.Noun, words, EstimateWords.Signed, ""),
                Changed("accuracy", "test accuracy", summary.Accuracy, summary.Noun, words, EstimateWords.Points, " percentage points"),
                .. sweeps,
            ],
            Caveat(summary));
    }

    private static Finding Terminal(Summary s)
    {
        var share = Interval.OfShare(s.TerminalPairs, s.Pairs);
        var open = s.Planned - s.Done - s.Failed;
        return new(
            "terminal",
            $"{s.TerminalPairs} of {Number.Of(s.Pairs, s.Noun)} reached the terminal phase{(s.Seeds > 1 ? " with every seed" : "")}.",
            $"95 % interval of the share {100 * share.Low:F0} to {100 * share.High:F0} %{(s.Seeds > 1 ? $"; {s.TerminalInMatrix} of {Number.Of(s.InMatrix, "cell")}" : "")}"
            + $"{(s.Failed > 0 ? $"; {Number.Of(s.Failed, "cell")} failed" : "")}{(open > 0 ? $"; {open} not ended yet" : "")}.",
            Bearing.Shown);
    }

    private static Finding Collapse(Summary s, EstimateWords words)
    {
        var (change, count) = (s.Nc1Fall, s.Nc1Fall.ByPair.Count);
        if (count == 0) return new("nc1", "NC1 of the training features was not measured at two epochs of any finished cell.", "", Bearing.Missing);
        var factor = change.Median.Map(Math.Exp);
        var told = change.Median.Value >= 0
            ? $"NC1 fell in {change.Up} of {Number.Of(count, s.Noun)}, by a median factor of {Number.General(factor.Value)}"
            : $"NC1 rose in {change.Down} of {Number.Of(count, s.Noun)}, by a median factor of {Number.General(1 / factor.Value)}";
        var print = (double value) => Number.General(change.Median.Value >= 0 ? value : 1 / value);
        var turned = change.Median.Value < 0 && factor.Interval is { } i ? factor with { Interval = new(i.High, i.Low) } : factor;
        return Told("nc1", told, change.Median, words.Grounds(turned, print) + ".", s.Noun);
    }

    private static Finding Changed(string id, string what, Change change, string noun, EstimateWords words, Func<double, string> print, string unit)
    {
        var count = change.ByPair.Count;
        if (count == 0) return new(id, $"No cell has {what} at both ends of a terminal phase.", "", Bearing.Missing);
        var fell = change.Median.Value < 0;
        var told = $"{char.ToUpperInvariant(what[0])}{what[1..]} {(fell ? "fell" : "rose")} inside the terminal phase in {(fell ? change.Down : change.Up)} of {Number.Of(count, noun)}, median {print(change.Median.Value)}{unit}";
        return Told(id, told, change.Median, words.Grounds(change.Median, print) + ".", noun);
    }

    /// <summary>A statement whose sign the interval must bear.</summary>
    private static Finding Told(string id, string told, Estimate estimate, string grounds, string noun) => estimate switch
    {
        { SignIsKnown: true } => new(id, told + ".", grounds, Bearing.Shown),
        { Interval: null, Groups: < Bootstrap.FewestGroups } => new(id, told + $": true of {(estimate.Groups == 1 ? $"this {noun}" : $"these {noun}s")}, and no more.", grounds, Bearing.Unclear),
        { Interval: null } => new(id, told + ".", grounds, Bearing.Unclear),
        _ => new(id, told + ": the interval leaves the other way open.", grounds, Bearing.Unclear),
    };

    private static IReadOnlyList<string> Caveat(Summary s) =>
    [
        $"Intervals are 95 % percentile intervals of a bootstrap over {(s.Seeds > 1 ? "pairs of architecture and data set, and over the seeds within each" : "cells")}; of the share, Wilson's.",
        .. s.Seeds > 1 ? Array.Empty<string>() : ["With one seed a cell, scatter between seeds is seen only through scatter between cells."],
        $"{(s.Seeds > 1 ? "Pairs" : "Cells")} share architectures and data sets, and neither was drawn at random: what goes together need not cause each other.",
    ];

    private static string Sweeps(IReadOnlyList<SweepChoice> sweeps)
    {
        var chosen = sweeps.Where(s => s.Chosen is not null).ToArray();
        if (chosen.Length == 0) return $"No learning rate is chosen yet in {(sweeps.Count == 1 ? "the sweep" : $"any of {sweeps.Count} sweeps")}.";
        var provisional = chosen.Count(s => s.Provisional);
        return $"In {chosen.Length} of {Number.Of(sweeps.Count, "sweep")} of learning rates one is chosen{(provisional == 0 ? "" : provisional == chosen.Length ? ", provisionally" : $", in {provisional} provisionally")}"
            + ": the matrix and all findings are of the chosen rates alone, selected on test error as in the paper.";
    }
}
