using Harness.Results;
using Harness.Watching;
using Testing;

namespace Harness.Tests.Watching;

public sealed class RunStatusTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly RunFolder folder;

    public RunStatusTests() => folder = new(scratch["run"]);

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void EachCellStandsAsItsFolderSays()
    {
        var record = new SyntheticRun { Failures = new Dictionary<int, Outcome> { [1] = Outcome.OutOfMemory }, Finished = 4 }.Record();
        SyntheticRun.Save(record, folder);
        // One is at its eighth epoch, with its process at work.
        var running = folder.Cell(record.Cells[4].Key);
        running.AppendTraining(record.Cells[0].Epochs.Take(8).ToList());
        running.AppendTimings(record.Cells[0].Timings.Take(8).ToList());
        running.Append(record.Cells[0].Measurements.Where(m => m.Epoch <= 8).ToList());
        using var atWork = FolderLock.TryTake(running.Path);

        var status = RunStatus.Of(folder);
        Assert.False(status.Running);
        Assert.Equal([CellState.Done, CellState.Failed, CellState.Done, CellState.Done, CellState.Running, CellState.Waiting], status.Cells.Select(c => c.State));
        Assert.Equal("neural-collapse/nc1", status.Headline!.Id);
        Assert.Equal("NC1", status.Headline.Header);
        Assert.Equal(SyntheticRun.Value("neural-collapse/nc1", Split.Train, 60, 0), status.Cells[0].Headline);
        Assert.Equal((Outcome.OutOfMemory, "The loss became NaN in step 3 of epoch 16.", 15), (status.Cells[1].Outcome, status.Cells[1].Message, status.Cells[1].Epoch));

        var eighth = status.Cells[4];
        Assert.Equal((8, 60, 3333, null), (eighth.Epoch, eighth.Epochs, eighth.ImagesPerSecond, eighth.TerminalPhaseEpoch));
        Assert.Equal(record.Cells[0].Epochs[7].Loss, eighth.Loss);
        // 52 epochs of 1.5 s, and 0.4 s for each that is going to be measured.
        Assert.Equal((52 * 1.5) + (0.4 * record.Cells[4].Spec.MeasuredEpochs.Count(e => e > 8)), eighth.SecondsLeft!.Value, 9);
        Assert.True(status.SecondsLeft > eighth.SecondsLeft);
    }

    [Fact]
    public void ACellThatWasStoppedWaitsWhereItIs()
    {
        var record = new SyntheticRun { Finished = 0 }.Record();
        SyntheticRun.Save(record, folder);
        folder.Cell(record.Cells[0].Key).AppendTraining(new EpochRecord(1, 1, 0.5, 0.1), new EpochRecord(2, 0.5, 0.25, 0.1, TerminalPhaseEpoch: 2));
        var stopped = RunStatus.Of(folder).Cells[0];
        Assert.Equal((CellState.Waiting, 2, 2), (stopped.State, stopped.Epoch, stopped.TerminalPhaseEpoch));
        Assert.Null(RunStatus.Of(folder).SecondsLeft);
    }

    [Fact]
    public void ADamagedFileCostsItsOwnRow()
    {
        var record = new SyntheticRun().Record();
        SyntheticRun.Save(record, folder);
        File.WriteAllText(folder.Cell(record.Cells[2].Key).ResultPath, "{");
        var status = RunStatus.Of(folder);
        Assert.Equal(CellState.Failed, status.Cells[2].State);
        Assert.Contains("result.json is damaged", status.Cells[2].Message);
        Assert.All(status.Cells.Where((_, place) => place != 2), c => Assert.Equal(CellState.Done, c.State));
    }

    [Fact]
    public void TheLockOfARunIsSeenAndNotTakenAway()
    {
        SyntheticRun.Save(new SyntheticRun().Record(), folder);
        Assert.False(FolderLock.IsHeld(folder.Path));
        using (FolderLock.TryTake(folder.Path))
        {
            Assert.True(RunStatus.Of(folder).Running);
            Assert.Null(FolderLock.TryTake(folder.Path));
        }
        Assert.False(RunStatus.Of(folder).Running);
    }

    [Fact]
    public async Task WhoOnlyAsksForALockKeepsNobodyFromIt()
    {
        FolderLock.TryTake(Directory.CreateDirectory(folder.Path).FullName)!.Dispose();
        using var enough = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested) FolderLock.IsHeld(folder.Path);
            },
            TestContext.Current.CancellationToken)).ToList();
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            using var taken = FolderLock.TryTake(folder.Path);
            if (taken is null) refused++;
        }
        await enough.CancelAsync();
        await Task.WhenAll(asking);
        Assert.Equal(0, refused);
    }

    [Fact]
    public void ACellWhosePlanChangedIsStaleAndTheFieldIsNamed()
    {
        var record = new SyntheticRun { Finished = 1 }.Record();
        SyntheticRun.Save(record, folder);
        folder.Cell(record.Cells[0].Key).WriteIdentity(new() { ["training"] = new System.Text.Json.Nodes.JsonObject { ["learningRate"] = 0.1 } });
        var edited = new PlannedCell("edited", record.Plan.Cells[0].Spec, new() { ["training"] = new System.Text.Json.Nodes.JsonObject { ["learningRate"] = 0.05 } });
        folder.WritePlan(record.Plan with { Cells = [edited, .. record.Plan.Cells.Skip(1)] });

        var stale = Assert.Single(RunStatus.Of(folder).Stale);
        Assert.Equal((record.Cells[0].Key, record.Cells[0].Spec.Name, Outcome.Done), (stale.Key, stale.Name, stale.Outcome));
        var (earlier, differences) = Assert.NotNull(StaleCell.WhyNot(edited, folder, [stale]));
        Assert.Equal(stale, earlier);
        Assert.Equal("training.learningRate is 0.05, and was 0.1", Assert.Single(differences).Sentence);
        Assert.Null(StaleCell.WhyNot(record.Plan.Cells[1], folder, [stale]));
    }

    [Fact]
    public void WithoutNc1TheFirstFigureStandsForACell()
    {
        var accuracy = SyntheticQuantities.All.Single(q => q.Quantity.Name == "accuracy");
        Assert.Equal("generalization/accuracy", HeadlineQuantity.Of([accuracy])!.Id);
        Assert.Null(HeadlineQuantity.Of([accuracy with { Quantity = accuracy.Quantity with { Figure = null } }]));
        Assert.Equal(2, HeadlineQuantity.Pick([(Split.Test, 3), (Split.Train, 2), (null, 1)]));
    }
}
