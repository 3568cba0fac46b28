using Harness.Metrics.Robustness.FixedEps;

namespace Metrics.Tests.Robustness.FixedEps;

public class OutcomeTests
{
    private static readonly AttackKind One = Kind("one"), Two = Kind("two");

    [Fact]
    public void StandingImagesAreThoseThatNoneBreaks()
    {
        var outcome = Begun(images: 4);
        outcome.Misclassified[3] = true;
        outcome.Break(One, radius: 1, run: 0, image: 0);
        outcome.Break(Two, radius: 1, run: 1, image: 1);
        Assert.Equal([3, 3, 2, 3], outcome.Standing([One]));
        Assert.Equal([3, 3, 1, 3], outcome.Standing([One, Two]));
        Assert.Equal([3, 3, 2, 3], outcome.Standing([One, Two], firstRunOnly: true));
    }

    [Fact]
    public void LeastPerturbationCountsFromTheRadiusItFits()
    {
        var outcome = Begun(images: 2);
        outcome.BreakBeyond(One, length: 0.3, run: 0, image: 0);
        outcome.BreakBeyond(One, length: 0.2, run: 1, image: 0);
        Assert.Equal([2, 2, 1, 1], outcome.Standing([One]));
        Assert.Equal([2, 2, 2, 1], outcome.Standing([One], firstRunOnly: true));
        Assert.Equal([0.2, double.PositiveInfinity], outcome.LeastPerturbation);
    }

    [Fact]
    public void BrokenAtARadiusAndNotAtALargerOneIsCounted()
    {
        // Image 0 falls to one attack at the first radius and to the other at the second: together they are monotone up to the third, where it stands again.
        var outcome = Begun(images: 2);
        outcome.Break(One, 0, 0, 0);
        outcome.Break(Two, 1, 0, 0);
        foreach (var radius in (int[])[0, 1, 2]) outcome.Break(One, radius, 0, 1);
        Assert.Equal(1, outcome.NotMonotone([One]));
        Assert.Equal(1, outcome.NotMonotone([Two]));
        Assert.Equal(1, outcome.NotMonotone([One, Two]));
        outcome.Break(Two, 2, 0, 0);
        Assert.Equal(0, outcome.NotMonotone([One, Two]));
        Assert.Equal(1, outcome.NotMonotone([One]));
    }

    [Fact]
    public void WhatChangesOrLeavesIsCountedAndBreaksNothing()
    {
        var outcome = Begun(images: 1);
        outcome.Count(new(Broken: false, Changed: true, Outside: false));
        outcome.Count(new(Broken: false, Changed: false, Outside: true));
        Assert.Equal((2, 1, 1), (outcome.Returned, outcome.Changed, outcome.Outside));
        Assert.Equal([1, 1, 1, 1], outcome.Standing([One, Two]));
    }

    private static Outcome Begun(int images)
    {
        var outcome = new Outcome([0.1, 0.2, 0.3], images);
        outcome.Begin(One);
        outcome.Begin(Two);
        return outcome;
    }

    private static AttackKind Kind(string name) => new(name, name, "", Role.Plain, 2, (_, _, _) => throw new InvalidOperationException());
}
