using Harness.Datasets;

namespace Harness.Tests.Datasets;

public class ClassSubsetTests
{
    private static readonly DataRoot NoData = new(null);
    private static readonly SmallSet Whole = new(["ant", "bee", "cow", "doe"], new(1, 3, 3), 40);

    [Fact]
    public void LabelsFollowTheListAndImagesTheirLabels()
    {
        var set = new ClassSubset(Whole, ClassSelection.Of("doe", "bee"));
        Assert.Equal(["doe", "bee"], set.Card.ClassNames);
        using var images = set.Open(Split.Train, NoData);
        // Images 1, 3, 5, 7, ... in turn: bee, doe.
        Assert.Equal([.. Enumerable.Range(0, 20).Select(i => (i + 1) % 2)], images.Labels);
        var pixels = new byte[3 * images.Shape.Bytes];
        images.Read([19, 0, 3], pixels);
        Assert.Equal([.. Whole.Image(39), .. Whole.Image(1), .. Whole.Image(7)], pixels);
        using var test = set.Open(Split.Test, NoData);
        Assert.Equal(10, test.Labels.Count);
    }

    [Fact]
    public void TheCardSaysWhatIsLeftAndKeepsTheConstantsOfTheWhole()
    {
        var card = new ClassSubset(Whole, ClassSelection.First(3)).Card;
        Assert.Equal(["ant", "bee", "cow"], card.ClassNames);
        // Only the files know.
        Assert.Equal((0, 0), (card.TrainCount, card.TestCount));
        Assert.Same(Whole.Card.Standardisation, card.Standardisation);
        Assert.Equal((40, 20), (new ClassSubset(Whole, ClassSelection.First(4)).Card.TrainCount, new ClassSubset(Whole, ClassSelection.Of("3", "2", "1", "0")).Card.TestCount));
    }

    [Fact]
    public void TheFingerprintTellsSubsetsAndTheirOrdersApart()
    {
        IDataset[] sets =
        [
            Whole, new ClassSubset(Whole, ClassSelection.First(2)), new ClassSubset(Whole, ClassSelection.First(3)), new ClassSubset(Whole, ClassSelection.Of("bee", "ant")),
            new ResizedDataset(Whole, 4), new ResizedDataset(Whole, 5), new ResizedDataset(new ClassSubset(Whole, ClassSelection.First(2)), 4),
        ];
        Assert.Equal(sets.Length, sets.Select(s => s.Fingerprint(NoData)).Distinct().Count());
        // The same classes and labels by other words.
        Assert.Equal(sets[1].Fingerprint(NoData), new ClassSubset(Whole, ClassSelection.Of("0", "bee")).Fingerprint(NoData));
    }

    [Fact]
    public void WhatTheSetHasNotIsRefused() => Assert.Throws<PluginOptionException>(() => new ClassSubset(Whole, ClassSelection.Of("ant", "emu")));
}
