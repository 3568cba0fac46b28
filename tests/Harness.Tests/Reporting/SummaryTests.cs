using Harness.Reporting.Numbers;
using Harness.Reporting.Sections;
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
        int[] done = [0, 2, 3, 4];
        Assert.Equal(done.Select(place => Nc1(1, place) / Nc1(60, place)), summary.Nc1Factors);
        Assert.Equal(done.Select(place => Radius(60, place) - Radius(22, place)), summary.RadiusChanges);
        Assert.Equal(4, summary.AccuracyChanges.Count);
    }

    [Fact]
    public void ATerminalPhaseOfOneEpochBearsNoChange()
    {
        var summary = Summary.Of(Views.Of(new SyntheticRun { Epochs = 22 }.Record()));
        Assert.Equal(6, summary.Terminal);
        Assert.Empty(summary.RadiusChanges);
        Assert.Contains(Headline.Findings(summary), f => f == "No cell has test accuracy at both ends of a terminal phase.");
    }

    [Fact]
    public void OneEpochBearsNoFactor() => Assert.Empty(Summary.Of(Views.Of(new SyntheticRun { Epochs = 1, TerminalPhaseEpoch = 1 }.Record())).Nc1Factors);

    [Fact]
    public void NotANumberIsLeftOutAndNotCounted()
    {
        var record = new SyntheticRun().Record();
        var cell = record.Cells[0];
        var spoilt = cell with { Measurements = [.. cell.Measurements.Select(m => m.Epoch == 60 ? m with { Value = double.NaN } : m)] };
        var summary = Summary.Of(Views.Of(record with { Cells = [spoilt, .. record.Cells.Skip(1)] }));
        Assert.Equal((5, 5, 5), (summary.Nc1Factors.Count, summary.RadiusChanges.Count, summary.AccuracyChanges.Count));
    }

    [Fact]
    public void NothingDoneConcludesNothing() =>
        Assert.Equal(["No cell has run to its end yet, so there is nothing to conclude."], Headline.Findings(Summary.Of(Views.Of(new SyntheticRun { Finished = 0 }.Record()))));

    [Theory]
    [InlineData(new double[0], null)]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1, 4 }, 4.0)]
    [InlineData(new[] { 9.0, 1, 4, 2 }, 3.0)]
    public void TheMedianIsTheMiddle(double[] values, double? median) => Assert.Equal(median, Summary.Median(values));

    private static double Nc1(int epoch, int place) => SyntheticRun.Value("neural-collapse/nc1", Split.Train, epoch, place);

    private static double Radius(int epoch, int place) => SyntheticRun.Value("robustness/deepfool.relative-radius", Split.Test, epoch, place);
}
