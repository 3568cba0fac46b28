using Harness.Results;
using Harness.Running;
using Testing;

namespace Harness.Tests.Running;

public sealed class CellReuseTests : IDisposable
{
    private readonly ScratchFolder scratch = new();
    private readonly RunFolder source;
    private readonly RunFolder own;
    private readonly PlannedCell cell;

    public CellReuseTests()
    {
        (source, own) = (new(scratch["earlier"]), new(scratch["own"]));
        var record = new SyntheticRun().Record();
        record = record with { Cells = [.. record.Cells.Select(c => c with { Result = c.Result! with { Measurements = c.Measurements.Count } })] };
        SyntheticRun.Save(record, source);
        cell = record.Plan.Cells[0] with { Identity = new() { ["seed"] = 0 } };
    }

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void ADoneCellIsCopiedWithItsCheckpointsAndSaysWhereItComesFrom()
    {
        scratch.Write("weights", "earlier", "cells", cell.Key, "checkpoint", "a.safetensors");
        var found = new CellReuse([own, source]).Find(cell.Key)!;
        Assert.True(CellReuse.Take(found, cell, own.Cell(cell.Key)));

        var taken = own.Cell(cell.Key);
        Assert.True(CellStanding.Of(taken).IsFinished);
        Assert.Equal(File.ReadAllBytes(source.Cell(cell.Key).MeasurementsPath), File.ReadAllBytes(taken.MeasurementsPath));
        Assert.Equal("weights", File.ReadAllText(Path.Combine(taken.CheckpointPath, "a.safetensors")));
        Assert.Equal(source.Cell(cell.Key).Path, taken.ReadResult()!.ReusedFrom);
        Assert.NotNull(taken.ReadIdentity());
        Assert.Null(source.Cell(cell.Key).ReadResult()!.ReusedFrom);
        Assert.Equal([cell.Key], own.CellKeys());
    }

    [Fact]
    public void WhatAnUnfinishedAttemptOrACrashHasLeftGoes()
    {
        own.Cell(cell.Key).Append([new(1, "m", "q", null, 1)]);
        scratch.Write("half a copy", "own", "cells", $".{cell.Key}.reused", "measurements.jsonl");
        scratch.Write("what was there", "own", "cells", $".{cell.Key}.replaced", "measurements.jsonl");
        Assert.True(CellReuse.Take(source.Cell(cell.Key), cell, own.Cell(cell.Key)));
        Assert.Equal(source.Cell(cell.Key).ReadMeasurements().Count, own.Cell(cell.Key).ReadMeasurements().Count);
        Assert.Equal([own.Cell(cell.Key).Path], Directory.GetDirectories(scratch["own", "cells"]));
    }

    [Theory]
    [InlineData(Outcome.Diverged)]
    [InlineData(Outcome.NativeAbort)]
    public void WhatDidNotEndWellIsNotTakenOver(Outcome outcome)
    {
        var folder = source.Cell(cell.Key);
        folder.WriteResult(folder.ReadResult()! with { Outcome = outcome });
        Assert.Null(new CellReuse([source]).Find(cell.Key));
    }

    [Fact]
    public void WhatLostMeasurementsIsNotTakenOver()
    {
        source.Cell(cell.Key).CutBack(20);
        Assert.Null(new CellReuse([source]).Find(cell.Key));
        Assert.False(CellReuse.Take(source.Cell(cell.Key), cell, own.Cell(cell.Key)));
        Assert.False(Directory.Exists(own.Cell(cell.Key).Path));
    }

    [Fact]
    public void AnUnknownCellIsNowhere() => Assert.Null(new CellReuse([source]).Find("0123456789abcdef"));
}
