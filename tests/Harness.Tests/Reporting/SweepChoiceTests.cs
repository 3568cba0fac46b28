using Harness.Reporting.Numbers;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public class SweepChoiceTests
{
    private static readonly double[] Rates = [0.1, 0.3, 0.01];

    [Fact]
    public void TheRateOfLowestLastEpochTestErrorIsChosen()
    {
        var choice = Choice(Run([0.2, 0.1, 0.3]));
        Assert.Equal([0.01, 0.1, 0.3], choice.Rates.Select(r => r.Rate));
        Assert.Equal((0.3, 0.1, false, true), (choice.Chosen!.Rate, choice.Chosen.TestError, choice.Provisional, choice.AtTheEdge));
    }

    [Fact]
    public void OfEqualTestErrorsTheLowestRateIsChosen()
    {
        var choice = Choice(Run([0.1, 0.1, 0.3]));
        Assert.Equal((0.1, 2, false), (choice.Chosen!.Rate, choice.Tied, choice.AtTheEdge));
    }

    [Fact]
    public void SeedsShareTheRateOfLowestMeanAndTheSameErrorsInAnotherOrderTie()
    {
        // Rates vary fastest: 0.1, 0.3, 0.01 of seed 0, then of seed 1, then of seed 2. The sums of the first two agree in all but rounding.
        var run = Run([0.1, 0.3, 0.09, 0.2, 0.1, 0.25, 0.3, 0.2, 0.27], seeds: 3);
        var choice = Choice(run);
        Assert.Equal((0.1, 2, 0.2), (choice.Chosen!.Rate, choice.Tied, choice.Chosen.TestError));
        Assert.Equal([0, 3, 6], run.Matrix.Select(c => c.Place));
    }

    [Fact]
    public void ARateOfWhichASeedFailedIsNeverChosen()
    {
        var choice = Choice(Run([0.1, 0.3, 0.2, 0.1, 0.3, 0.2], seeds: 2, failed: 3));
        Assert.Equal((0.01, false), (choice.Chosen!.Rate, choice.Provisional));
        Assert.Equal([0.1], choice.Lost.Select(r => r.Rate));
    }

    [Fact]
    public void AMetricThatGaveNothingAtTheLastEpochDoesNotLendAnEarlierOne()
    {
        var run = Run([0.1, 0.2, 0.3], change: cell => cell.Spec.Training.LearningRate == 0.1 ? cell with { Measurements = [.. cell.Measurements.Where(m => m.Epoch < 60)] } : cell);
        Assert.Equal(0.3, Choice(run).Chosen!.Rate);
        Assert.Equal([0.1], Choice(run).Lost.Select(r => r.Rate));
    }

    [Fact]
    public void WhileACellIsToComeTheChoiceIsProvisional()
    {
        var waiting = Choice(Run([0.2, 0.1, 0], finished: 2));
        Assert.Equal((0.3, true), (waiting.Chosen!.Rate, waiting.Provisional));
        var stopped = Choice(Run([0.2, 0.1, 0], change: cell => cell.Spec.Training.LearningRate == 0.01 ? cell with { Result = cell.Result! with { Outcome = Outcome.Cancelled } } : cell));
        Assert.Equal((0.3, true), (stopped.Chosen!.Rate, stopped.Provisional));
    }

    [Fact]
    public void BeforeOneRateHasAllItsSeedsNoneIsChosenAndTheMatrixHasAHole()
    {
        var run = Run([0.2, 0.1, 0, 0.2, 0.1, 0], seeds: 2, finished: 3);
        Assert.Null(Choice(run).Chosen);
        Assert.Empty(run.Matrix);
        Assert.Equal("no learning rate chosen yet", run.Absence("vgg18", "mnist"));
        Assert.Equal(["There is nothing to conclude yet.", "No learning rate is chosen yet in the sweep."], Verdict.Of(Summary.Of(run)).Findings.Select(f => f.Text));
    }

    [Fact]
    public void WhereEveryRateFailedNoneIsChosen()
    {
        var run = Views.Of(new SyntheticRun { Architectures = ["vgg"], Datasets = ["mnist"], SweptRates = Rates, Failures = Enumerable.Range(0, 3).ToDictionary(i => i, _ => Outcome.Diverged) }.Record());
        Assert.Equal((null, false, 3), (Choice(run).Chosen, Choice(run).Provisional, Choice(run).Lost.Count));
        Assert.Equal("no learning rate ran to its end", run.Absence("vgg18", "mnist"));
    }

    [Fact]
    public void TheHeadlineSpeaksOfTheChosenCellsAndCountsThemAll()
    {
        var summary = Summary.Of(Run([0.2, 0.1, 0.3]));
        Assert.Equal((3, 3, 1, 1, 1, 1), (summary.Planned, summary.Done, summary.InMatrix, summary.Nc1Fall.ByPair.Count, summary.Radius.ByPair.Count, summary.Accuracy.ByPair.Count));
        Assert.Equal(
            "In 1 of 1 sweep of learning rates one is chosen: the matrix and all findings are of the chosen rates alone, selected on test error as in the paper.",
            Verdict.Of(summary).Findings[^1].Text);
    }

    private static SweepChoice Choice(RunView run) => Assert.Single(run.Sweeps);

    /// <summary>One network with the rates 0.1, 0.3 and 0.01, and the test error of each cell at the last epoch in the plan's order.</summary>
    private static RunView Run(double[] errors, int seeds = 1, int finished = int.MaxValue, int? failed = null, Func<CellRecord, CellRecord>? change = null)
    {
        var record = new SyntheticRun
        {
            Architectures = ["vgg"],
            Datasets = ["mnist"],
            Seeds = seeds,
            SweptRates = Rates,
            Finished = finished,
            Failures = failed is { } place ? new Dictionary<int, Outcome> { [place] = Outcome.Diverged } : [],
        }.Record();
        return Views.Of(record with
        {
            Cells =
            [
                .. record.Cells.Select((cell, i) => cell with
                {
                    Measurements = [.. cell.Measurements.Select(m => m is { Id: "generalization/accuracy", Split: Split.Test, Epoch: 60 } ? m with { Value = 1 - errors[i] } : m)],
                }).Select(change ?? (cell => cell)),
            ],
        });
    }
}
