using Harness.Reporting.Numbers;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public class SummaryTests
{
    [Fact]
    public void CountsAndMediansAreThoseOfTheData()
    {
        var synthetic = new SyntheticRun { Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged }, Finished = 5 };
        var summary = Summary.Of(Views.Of(synthetic.Record()));
        Assert.Equal((6, 4, 1, 4), (summary.Planned, summary.Done, summary.Failed, summary.Terminal));
        Assert.Equal((1, 4, 4, "cell"), (summary.Seeds, summary.Pairs, summary.TerminalPairs, summary.Noun));
        int[] done = [0, 2, 3, 4];
        Assert.Equal(done.Select(place => Math.Log(Nc1(1, place) / Nc1(60, place))), summary.Nc1Fall.ByPair);
        Assert.Equal(done.Select(place => Radius(60, place) - Radius(22, place)), summary.Radius.ByPair);
        Assert.Equal((4, 4, 0), (summary.Accuracy.ByPair.Count, summary.Accuracy.Up, summary.Accuracy.Down));
    }

    [Fact]
    public void SeedsCountAsOnePairAndChangesAreMeansOverThem()
    {
        var summary = Summary.Of(Views.Of(new SyntheticRun { Seeds = 3, Failures = new Dictionary<int, Outcome> { [1] = Outcome.Diverged } }.Record()));
        Assert.Equal((3, 6, 6, 17, "pair"), (summary.Seeds, summary.Pairs, summary.TerminalPairs, summary.InMatrix, summary.Noun));
        Assert.Equal((6, 6, 17), (summary.Radius.ByPair.Count, summary.Radius.Median.Groups, summary.Radius.Median.Members));
        Assert.Equal(new[] { 0, 2 }.Average(place => Radius(60, place) - Radius(22, place)), summary.Radius.ByPair[0], 12);
    }

    [Fact]
    public void ATerminalPhaseOfOneEpochBearsNoChange()
    {
        var summary = Summary.Of(Views.Of(new SyntheticRun { Epochs = 22 }.Record()));
        Assert.Equal(6, summary.Terminal);
        Assert.Empty(summary.Radius.ByPair);
        Assert.Contains(Verdict.Of(summary).Findings, f => f.Claim == "No cell has test accuracy at both ends of a terminal phase.");
    }

    [Fact]
    public void OneEpochBearsNoFactor() => Assert.Empty(Summary.Of(Views.Of(new SyntheticRun { Epochs = 1, TerminalPhaseEpoch = 1 }.Record())).Nc1Fall.ByPair);

    [Fact]
    public void NotANumberIsLeftOutAndNotCounted()
    {
        var record = new SyntheticRun().Record();
        var cell = record.Cells[0];
        var spoilt = cell with { Measurements = [.. cell.Measurements.Select(m => m.Epoch == 60 ? m with { Value = double.NaN } : m)] };
        var summary = Summary.Of(Views.Of(record with { Cells = [spoilt, .. record.Cells.Skip(1)] }));
        Assert.Equal((5, 5, 5), (summary.Nc1Fall.ByPair.Count, summary.Radius.ByPair.Count, summary.Accuracy.ByPair.Count));
    }

    private static double Nc1(int epoch, int place) => SyntheticRun.Value("neural-collapse/nc1", Split.Train, epoch, place);

    private static double Radius(int epoch, int place) => SyntheticRun.Value("robustness/deepfool.relative-radius", Split.Test, epoch, place);
}
