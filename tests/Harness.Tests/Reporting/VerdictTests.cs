using Harness.Reporting.Numbers;
using Harness.Reporting.Statistics;
using Testing;

namespace Harness.Tests.Reporting;

public class VerdictTests
{
    private static readonly Summary Paper = new()
    {
        Planned = 21,
        Done = 20,
        Failed = 1,
        Terminal = 19,
        Seeds = 1,
        Pairs = 20,
        TerminalPairs = 19,
        InMatrix = 20,
        TerminalInMatrix = 19,
        Sweeps = [],
        Nc1Fall = new([.. Enumerable.Repeat(Math.Log(310), 20)], new(Math.Log(310), new(Math.Log(250), Math.Log(420)), 20, 20)),
        Radius = new([.. Enumerable.Repeat(0.03, 17), -0.01, -0.02], new(0.03, new(0.021, 0.041), 19, 19)),
        Accuracy = new([.. Enumerable.Repeat(0.004, 12), .. Enumerable.Repeat(-0.001, 7)], new(0.0035, new(-0.0005, 0.005), 19, 19)),
        Together = null,
    };

    [Fact]
    public void EveryStatementStandsWithItsIntervalAndWhatIsBehindIt() => Assert.Equal(
        [
            "Whether collapse goes with robustness, these data cannot tell: no cell measures both within a terminal phase.",
            "19 of 20 cells reached the terminal phase. 95 % interval of the share 76 to 99 %; 1 cell failed.",
            "NC1 fell in 20 of 20 cells, by a median factor of 310. 95 % interval 250 to 420; 20 cells, one seed each.",
            "The DeepFool radius rose inside the terminal phase in 17 of 19 cells, median +0.0300. 95 % interval +0.0210 to +0.0410; 19 cells, one seed each.",
            "Test accuracy rose inside the terminal phase in 12 of 19 cells, median +0.35 percentage points: the interval leaves the other way open. 95 % interval −0.05 to +0.50; 19 cells, one seed each.",
        ],
        Verdict.Of(Paper).Findings.Select(f => f.Text));

    [Fact]
    public void WhatFellIsSaidToFall()
    {
        var findings = Verdict.Of(Paper with
        {
            Nc1Fall = new([-Math.Log(2)], new(-Math.Log(2), new(-Math.Log(4), -Math.Log(1.25)), 8, 8)),
            Radius = new([-0.01], new(-0.01, new(-0.02, -0.005), 8, 8)),
        }).Findings;
        Assert.Equal("NC1 rose in 1 of 1 cell, by a median factor of 2.00. 95 % interval 1.25 to 4.00; 8 cells, one seed each.", findings[2].Text);
        Assert.StartsWith("The DeepFool radius fell inside the terminal phase in 1 of 1 cell, median −0.0100. ", findings[3].Text);
    }

    [Fact]
    public void FewCellsAreNoRule()
    {
        var finding = Verdict.Of(Paper with { Radius = new([0.01, 0.02], new(0.015, null, 2, 2)) }).Findings[3];
        Assert.Equal("The DeepFool radius rose inside the terminal phase in 2 of 2 cells, median +0.0150: true of these cells, and no more. 2 cells, one seed each: too few for an interval, which takes 6.", finding.Text);
        Assert.Equal(Bearing.Unclear, finding.Bearing);
    }

    [Fact]
    public void SeveralSeedsAreCountedAsPairs()
    {
        var findings = Verdict.Of(Paper with { Seeds = 3, InMatrix = 60, TerminalInMatrix = 58, Radius = Paper.Radius with { Median = Paper.Radius.Median with { Members = 57 } } }).Findings;
        Assert.Equal("19 of 20 pairs reached the terminal phase with every seed. 95 % interval of the share 76 to 99 %; 58 of 60 cells; 1 cell failed.", findings[1].Text);
        Assert.EndsWith("19 pairs, 57 cells.", findings[3].Text);
    }

    [Theory]
    [InlineData(0.7, 0.5, 0.8, "Collapse and robustness go together as training goes on: inside the terminal phase, the lower NC1, the larger the DeepFool radius.", true)]
    [InlineData(-0.7, -0.8, -0.5, "Collapse and robustness pull apart as training goes on: inside the terminal phase, the lower NC1, the smaller the DeepFool radius.", true)]
    [InlineData(0.2, -0.1, 0.5, "Whether collapse goes with robustness, these data cannot tell.", false)]
    public void CollapseAndRobustnessGoTogetherOnlyAsFarAsTheIntervalBears(double rho, double low, double high, string claim, bool shown)
    {
        var axis = new Axis(Reading.Nc1, "", "", 1, false);
        var open = new Estimate(0.1, new(-0.3, 0.4), 21, 21);
        var finding = new AssociationWords("cell", "robustness").Verdict(new(axis, axis, open, new(rho, new(low, high), 21, 21), open, open, open));
        Assert.Equal((claim, shown), (finding.Claim, finding.Bearing == Bearing.Shown));
        Assert.EndsWith("Across cells at the last epoch +0.10 (95 % interval −0.30 to +0.40): cannot tell: the interval contains 0.", finding.Grounds);
    }

    [Fact]
    public void WhereOneGoesWithTheOtherInTrainingAndAgainstItAcrossNetworksBothAreSaid()
    {
        var axis = new Axis(Reading.Nc1, "", "", 1, false);
        var (up, down) = (new Estimate(0.9, new(0.7, 1), 6, 6), new Estimate(-1, new(-1, -1), 6, 6));
        var finding = new AssociationWords("cell", "robustness").Verdict(new(axis, axis, up, up, null, down, null));
        Assert.Equal("As training goes on, collapse and robustness go together; from one trained network to the next they pull apart.", finding.Claim);
        Assert.EndsWith("Across cells at the last epoch −1.00 (every draw gives −1.00, so that there is no telling how exact it is): more collapse, less robustness.", finding.Grounds);
    }

    [Fact]
    public void NothingDoneConcludesNothing() =>
        Assert.Equal(["No cell has run to its end yet, so there is nothing to conclude."], Verdict.Of(Summary.Of(Views.Of(new SyntheticRun { Finished = 0 }.Record()))).Findings.Select(f => f.Text));
}
