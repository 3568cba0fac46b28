using System.Text.Json.Nodes;
using Harness.Comparing;
using Harness.Manifests;
using Harness.Results;
using Testing;

namespace Harness.Tests.Comparing;

public sealed class RunComparisonTests : IDisposable
{
    private static readonly SyntheticRun Small = new() { Epochs = 6, TerminalPhaseEpoch = 3, Seeds = 3, Datasets = ["mnist"] };

    private readonly ScratchFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void EveryQuantityIsPairedBySeed()
    {
        var comparison = Compare(Small.Record(), OtherRun.Of(Small.Record(), (m, seed) => m.Id == "neural-collapse/nc1" ? m.Value!.Value / 2 : m.Value!.Value + 0.01 + (0.001 * seed)));
        var readings = SyntheticQuantities.All.Sum(q => SyntheticQuantities.Splits(q).Count);
        Assert.Equal(3 * readings, comparison.Differences.Count);

        var nc1 = Find(comparison, "vgg18", "neural-collapse/nc1", Split.Train);
        Assert.True(nc1.Difference is { IsRatio: true, Pairs: 3, IsClear: true });
        Assert.Equal((0.5, 0.5, 0.5), (Round(nc1.Difference.Mean), Round(nc1.Difference.Low!.Value), Round(nc1.Difference.High!.Value)));

        // Differences of 0.01, 0.011 and 0.012: standard error 0.001/√3.
        var accuracy = Find(comparison, "resnet18", "generalization/accuracy", Split.Test);
        Assert.Equal(0.011, accuracy.Difference.Mean, 1e-12);
        Assert.Equal(0.011 + (4.30265272974946 * 0.001 / Math.Sqrt(3)), accuracy.Difference.High!.Value, 1e-12);
        Assert.Equal(0.011, accuracy.To - accuracy.From, 1e-12);
        Assert.Empty(comparison.Same);
        Assert.Empty(comparison.NewArchitectures);
    }

    [Fact]
    public void TheSameCellsAreNamedAndLeftOut()
    {
        var comparison = Compare(Small.Record(), Small.Record());
        Assert.Empty(comparison.Differences);
        Assert.Empty(comparison.Changes);
        Assert.Equal(["vgg18/mnist", "resnet18/mnist", "densenet18/mnist"], comparison.Same);
    }

    [Fact]
    public void SeedsThatOnlyOneHasAreLeftOut()
    {
        var other = OtherRun.Of((Small with { Seeds = 1 }).Record(), (m, _) => m.Value!.Value + 1);
        var difference = Find(Compare(Small.Record(), other), "vgg18", "generalization/accuracy", Split.Test);
        Assert.Equal((1, 1.0, null, null), (difference.Difference.Pairs, Round(difference.Difference.Mean), difference.Difference.Low, difference.Difference.High));
    }

    [Fact]
    public void UnfinishedCellsAreNotCompared() =>
        Assert.Empty(Compare(Small.Record(), OtherRun.Of((Small with { Finished = 0 }).Record(), (m, _) => m.Value!.Value)).Differences);

    [Fact]
    public void WhatChangedIsSaidOnceWithItsCells()
    {
        JsonObject was = new() { ["training"] = new JsonObject { ["epochs"] = 6 }, ["datasetFingerprint"] = "a", ["threads"] = 1, ["versions"] = new JsonObject { ["host"] = "0.1.0" } };
        JsonObject now = new() { ["training"] = new JsonObject { ["epochs"] = 8 }, ["datasetFingerprint"] = "b", ["threads"] = 2, ["versions"] = new JsonObject { ["host"] = "0.2.0" } };
        var other = OtherRun.Of(Small.Record(), (m, _) => m.Value!.Value, now);
        other = other with
        {
            Environment = other.Environment! with { Harness = "0.2.0", Plugins = [new("architecture", "vgg", "0.2.0", new('c', 64)), new("metric", "mine", "1.0.0", new('d', 64))] },
        };
        var changes = Compare(OtherRun.WithIdentity(Small.Record(), was), other).Changes;
        Assert.Equal(
            [
                (ChangeKind.Manifest, "training.epochs is 8, and was 6", 9), (ChangeKind.Plugins, "metric mine 1.0.0 is used, and was not", 0),
                (ChangeKind.Plugins, "metric neural-collapse 0.1.0 is not used any more", 0), (ChangeKind.Plugins, "architecture vgg is 0.2.0, and was 0.1.0", 0),
                (ChangeKind.Data, "the data set's content changed", 9), (ChangeKind.Environment, "threads is 2, and was 1", 9), (ChangeKind.Environment, "harness is 0.2.0, and was 0.1.0", 0),
            ],
            changes.Select(c => (c.What, c.Sentence, c.Cells.Count)));
    }

    [Fact]
    public void CellsOfOneRunAloneAreNamed()
    {
        var other = OtherRun.Of((Small with { Architectures = ["vgg", "resnet"], Datasets = ["mnist", "svhn"] }).Record(), (m, _) => m.Value!.Value);
        var changes = Compare(Small.Record(), other).Changes.Where(c => c.Sentence.Contains("planned")).ToDictionary(c => c.Sentence, c => c.Cells);
        Assert.Equal(6, changes["is planned, and was not"].Count);
        Assert.Equal(["densenet18/mnist/0", "densenet18/mnist/1", "densenet18/mnist/2"], changes["is not planned any more"]);
    }

    [Fact]
    public void ANewArchitectureStandsBesideThePapersThree()
    {
        var mine = OtherRun.Of((Small with { Architectures = ["mine"] }).Record(), (m, _) => m.Value!.Value * 2);
        var beside = Compare(Small.Record(), mine).NewArchitectures;
        Assert.Equal(["vgg18", "resnet18", "densenet18"], beside.Select(d => d.WithArchitecture).Distinct());
        Assert.All(beside, d => Assert.Equal(("mine18", scratch["first"], 3), (d.Architecture, d.With, d.Difference.Pairs)));

        // Where its own run has the three, those were trained alike.
        var whole = OtherRun.Of((Small with { Architectures = ["mine", "vgg"] }).Record(), (m, _) => m.Value!.Value * 2);
        Assert.All(Compare(Small.Record(), whole).NewArchitectures, d => Assert.Equal(("vgg18", scratch["other"]), (d.WithArchitecture, d.With)));
    }

    [Fact]
    public void TheTablesSayWhatThereIs()
    {
        var comparison = Compare(Small.Record(), OtherRun.Of(Small.Record(), (m, seed) => m.Value!.Value * (2 + seed)));
        var tables = ComparisonTables.Of(comparison, []);
        Assert.Equal(["Against first", "What changed"], tables.Select(t => t.Title));
        Assert.Equal(9, tables[0].Rows.Count);
        Assert.All(tables, t => Assert.All(t.Rows, row => Assert.Equal(t.Headers.Count, row.Count)));
        Assert.All(tables[0].Rows.Where(r => r[3].Contains("nc1")), row => Assert.StartsWith("×", row[6]));
        var one = ComparisonTables.Of(comparison, ["generalization/cross-entropy"]);
        Assert.Equal(6, one[0].Rows.Count);
        Assert.All(one[0].Rows, row => Assert.Contains("nats", row[3]));
    }

    [Fact]
    public void ThePageEscapesWhatItIsTold()
    {
        var odd = Small.Record();
        odd = odd with { Plan = odd.Plan with { Cells = [.. odd.Plan.Cells.Select(c => c with { Spec = c.Spec with { Architecture = new PluginUse("<script>alert(1)</script>", "mine", []) } })] } };
        var tables = ComparisonTables.Of(Compare(Small.Record(), odd), []);
        using var page = new MemoryStream();
        ComparisonPage.Write([scratch["first"], scratch["other"]], tables, page);
        var text = System.Text.Encoding.UTF8.GetString(page.ToArray());
        Assert.DoesNotContain("<script", text);
        Assert.Contains("&lt;script&gt;", text);
        Assert.Contains("first beside other", text);
    }

    private RunComparison Compare(RunRecord first, RunRecord other)
    {
        foreach (var run in new[] { scratch["first"], scratch["other"] })
            if (Directory.Exists(run)) Directory.Delete(run, recursive: true);
        return RunComparison.Of([OtherRun.Saved(first, scratch["first"]), OtherRun.Saved(other, scratch["other"])]);
    }

    private static QuantityDifference Find(RunComparison comparison, string architecture, string quantity, Split? split) =>
        comparison.Differences.Single(d => d.Architecture == architecture && d.Quantity == quantity && d.Split == split);

    private static double Round(double value) => Math.Round(value, 12);
}
