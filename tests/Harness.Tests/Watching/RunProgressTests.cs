using Harness.Results;
using Harness.Training;
using Harness.Watching;
using Testing;

namespace Harness.Tests.Watching;

public class RunProgressTests
{
    private readonly RunRecord record = new SyntheticRun { Finished = 0 }.Record();
    private readonly RunProgress progress;

    public RunProgressTests() => progress = new(new()
    {
        Name = "night",
        Folder = "/runs/night",
        Running = true,
        Headline = new("neural-collapse/nc1", "NC1", "NC1"),
        Cells = [.. record.Plan.Cells.Select(c => new CellStatus { Name = c.Spec.Name, Key = c.Key, State = CellState.Waiting, Epochs = 60, Seconds = c == record.Plan.Cells[0] ? 10 : 0 })],
        Stale = [],
    });

    private PlannedCell First => record.Plan.Cells[0];

    [Fact]
    public void AnEpochIsShownWithItsNumbersAndTheTimeThatIsLeft()
    {
        progress.Started(First, "cpu");
        progress.Heard(First, new CellMessage.Started(0, 1000, 200));
        progress.Heard(First, new CellMessage.Trained(1, 2.5, 0.75, 100));
        var cell = progress.Now().Cells[0];
        Assert.Equal((CellState.Running, 1, 2.5, 0.75, 100, 12), (cell.State, cell.Epoch, cell.Loss, cell.TrainingError, cell.ImagesPerSecond, cell.Seconds));
        Assert.Equal(59 * 2, cell.SecondsLeft);

        progress.Heard(First, new CellMessage.Measured(1, 0.5, [new("neural-collapse/nc1", 9, Split.Test), new("neural-collapse/nc1", 7, Split.Train), new("other/x", 1)], 1));
        cell = progress.Now().Cells[0];
        Assert.Equal((7, 1, 12.5), (cell.Headline, cell.TerminalPhaseEpoch, cell.Seconds));
        Assert.Equal((59 * 2) + (0.5 * First.Spec.MeasuredEpochs.Count(e => e > 1)), cell.SecondsLeft);
    }

    [Fact]
    public void MemoryTriesAndEstimatesAreShown()
    {
        progress.Started(First, "cpu");
        progress.Heard(First, new CellMessage.Beat(5, "training", 1, 5, 9, 123_456));
        Assert.Equal(123_456, progress.Now().Cells[0].MemoryBytes);
        progress.Estimated(new(new Dictionary<string, TimeSpan> { [First.Key] = TimeSpan.FromMinutes(3) }, TimeSpan.FromHours(2)));
        Assert.Equal((180, 7200), (progress.Now().Cells[0].SecondsLeft, progress.Now().SecondsLeft));
        progress.Heard(First, new CellMessage.Started(0, 1000, 200));
        progress.Heard(First, new CellMessage.Trained(1, 2.5, 0.75, 100));
        Assert.Equal(180, progress.Now().Cells[0].SecondsLeft);
        progress.Retried(First, new() { Outcome = Outcome.OutOfMemory, Epochs = 2 }, alone: true);
        var cell = progress.Now().Cells[0];
        Assert.Equal((CellState.Waiting, null), (cell.State, cell.MemoryBytes));
        progress.Started(First, "cpu");
        Assert.Equal(CellState.Running, progress.Now().Cells[0].State);
    }

    [Theory]
    [InlineData(Outcome.Done, CellState.Done)]
    [InlineData(Outcome.Cancelled, CellState.Waiting)]
    [InlineData(Outcome.NativeAbort, CellState.Failed)]
    public void AnEndIsShown(Outcome outcome, CellState state)
    {
        progress.Started(First, "cpu");
        progress.Heard(First, new CellMessage.Started(3, 1000, 200));
        progress.Ended(First, new() { Outcome = outcome, Epochs = 3, Message = "so" });
        var cell = progress.Now().Cells[0];
        Assert.Equal((state, 3, null), (cell.State, cell.Epoch, cell.SecondsLeft));
        Assert.Null(progress.Now().SecondsLeft);
    }

    [Fact]
    public void AllThatIsLeftIsSharedOutAmongWhatRuns()
    {
        foreach (var cell in record.Plan.Cells.Take(2))
        {
            progress.Started(cell, "cpu");
            progress.Heard(cell, new CellMessage.Started(0, 1000, 200));
            progress.Heard(cell, new CellMessage.Trained(59, 1, 0, 100));
        }
        // Two are two seconds from their end; four wait, of which nothing more is known than what those cost: 14 s and 4 s, 9 on the average.
        Assert.Equal(((2 * 2) + (4 * 9)) / 2, progress.Now().SecondsLeft);
    }
}
