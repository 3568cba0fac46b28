using Harness.Reporting.Numbers;
using Testing;

namespace Harness.Tests.Reporting;

public class AssociationTests
{
    private static readonly Lazy<Association> Planted = new(() => Views.Of(SyntheticPaper.Run(SyntheticQuantities.All).Record()).Robustness.Of(Reading.Nc1, Reading.Radius)!);

    [Fact]
    public void WhatIsPlantedWithinCellsComesOutInsideItsInterval()
    {
        var epochs = SyntheticPaper.MeasuredEpochs.Count(e => e >= SyntheticPaper.TerminalPhaseEpoch);
        Assert.Equal((21, 63), (Planted.Value.Terminal.Groups, Planted.Value.Terminal.Members));
        Assert.True(Planted.Value.Terminal.Interval!.Value.Contains(SyntheticPaper.MeanSpearman(SyntheticPaper.Within, epochs)), Planted.Value.Terminal.ToString());
        Assert.True(Planted.Value.Terminal.SignIsKnown);
        Assert.Equal(0.1, Planted.Value.Terminal.Interval!.Value.High - Planted.Value.Terminal.Interval.Value.Low, 0.08);
    }

    [Fact]
    public void WhatIsPlantedAcrossPairsComesOutInsideItsIntervalAndVanishesWithAccuracyHeldFixed()
    {
        // Both hang on accuracy alone, so they correlate by its square; each pairwise rho is known, and with them the partial one.
        var (with, between) = (SyntheticPaper.Spearman(SyntheticPaper.WithAccuracy), SyntheticPaper.Spearman(SyntheticPaper.WithAccuracy * SyntheticPaper.WithAccuracy));
        var partial = (between - with * with) / (1 - with * with);
        Assert.InRange(partial, -0.05, 0.05);
        Assert.True(Planted.Value.Across.Interval!.Value.Contains(between), Planted.Value.Across.ToString());
        Assert.True(Planted.Value.Across.SignIsKnown);
        Assert.True(Planted.Value.AcrossGivenAccuracy!.Interval!.Value.Contains(partial), Planted.Value.AcrossGivenAccuracy.ToString());
        Assert.False(Planted.Value.AcrossGivenAccuracy.SignIsKnown);
    }

    [Fact]
    public void SignsAreThoseOfTheWords()
    {
        // NC1 falls as the network collapses and the radius rises as it gets more robust: both moving so is +1, and an accuracy that falls beside NC1 is −1.
        var run = Run((id, split, epoch) => id switch
        {
            "neural-collapse/nc1" => 1.0 / epoch,
            "robustness/deepfool.relative-radius" => epoch,
            "generalization/accuracy" => 1 - 0.001 * epoch,
            _ => 1,
        });
        Assert.Equal(1, run.Robustness.Of(Reading.Nc1, Reading.Radius)!.Terminal.Value);
        Assert.Equal(-1, run.Generalization.Of(Reading.Nc1, Reading.TestAccuracy)!.Training.Value);
        Assert.Null(run.Generalization.Of(Reading.Nc1, Reading.TestAccuracy)!.AcrossGivenAccuracy);
    }

    [Fact]
    public void HolesAreLeftOutAndTooFewEpochsBearNothing()
    {
        var association = Run((id, _, epoch) => id == "neural-collapse/nc1" && epoch > 30 ? double.NaN : epoch).Robustness.Of(Reading.Nc1, Reading.Radius)!;
        Assert.Equal((double.NaN, 0), (association.Terminal.Value, association.Terminal.Groups));
        Assert.Equal(6, association.Training.Groups);
        Assert.Equal(0, association.Across.Groups);
        Assert.Equal("not measured at enough epochs", new AssociationWords("cell", "robustness").Says(association.Terminal));
    }

    [Fact]
    public void FewCellsCannotTell()
    {
        var run = Views.Of(new SyntheticRun { Architectures = ["vgg"] }.Record());
        var rows = new AssociationWords("cell", "robustness").Rows(run.Robustness.Of(Reading.Nc1, Reading.Radius)!);
        Assert.Equal(5, rows.Count);
        Assert.Equal(("–", "cannot tell: 2 cells are too few, 6 are needed"), (rows[0].Interval, rows[0].Says));
        Assert.Equal("cannot tell: 2 cells are too few, 6 are needed", rows[3].Says);
    }

    [Fact]
    public void TheChoicesAreWhatFiguresDrawWithNc1AndTheRadiusFirst()
    {
        var run = Views.Of(new SyntheticRun().Record());
        Assert.Equal((Reading.Nc1, Reading.Radius, Reading.TestAccuracy), (run.Robustness.Collapse[0].Reading, run.Robustness.Against[0].Reading, run.Generalization.Against[0].Reading));
        Assert.Equal(["generalization/accuracy", "generalization/cross-entropy"], run.Generalization.Against.Select(a => a.Reading.Id));
        Assert.All(run.Generalization.Against, axis => Assert.Equal(Split.Test, axis.Reading.Split));
        Assert.Contains(run.Robustness.Collapse, axis => axis.Reading == new Reading("neural-collapse/equinorm.classifiers", null));
    }

    private static RunView Run(Func<string, Split?, int, double> value) => Views.Of(new SyntheticRun { Values = (id, split, epoch, _) => value(id, split, epoch) }.Record());
}
