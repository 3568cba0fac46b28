using CsCheck;
using Harness.Results;
using Harness.Watching;
using Spectre.Console.Testing;

namespace Harness.Tests.Watching;

public class StatusTableTests
{
    [Fact]
    public void AWideTerminalShowsAllOfACell()
    {
        var lines = Render(Run(Running("ResNet18/mnist/0") with { MemoryBytes = 1_500_000_000 }), 120, 30);
        Assert.Equal("night: 1 running; about 3h20m left", lines[0]);
        foreach (var text in new[] { "cell", "state", "epoch", "loss", "error", "NC1", "images/s", "left", "memory" }) Assert.Contains(text, lines[1]);
        Assert.Matches(@"^>\s+ResNet18/mnist/0\s+running\s+17/350\s+0\.0123\s+1\.25 %\s+0\.5\s+1,235\s+3h20m\s+1\.50 GB$", lines[2].TrimEnd());
    }

    [Fact]
    public void FortyColumnsKeepTheCellItsEpochItsCollapseAndTheTimeLeft()
    {
        var lines = Render(Run(Running("AVeryLongArchitectureLabel/fashion-mnist/0"), Failed("b/mnist/0")), 40, 30);
        var row = Assert.Single(lines, l => l.StartsWith('>'));
        Assert.Contains("AVeryLong", row);
        Assert.Contains("…", row);
        Assert.Contains("17/350", row);
        Assert.Contains("0.5", row);
        Assert.Contains(lines, l => l.StartsWith("! ", StringComparison.Ordinal));
    }

    [Fact]
    public void WithoutRoomForAllTheRestIsCounted()
    {
        var run = Run([.. Enumerable.Range(0, 990).Select(i => Waiting($"w/{i}")), Failed("f/0"), .. Enumerable.Range(0, 8).Select(i => Done($"d/{i}")), Running("r/0")]);
        var lines = Render(run, 80, 10);
        Assert.InRange(lines.Length, 8, 10);
        Assert.Contains("r/0", lines[2]);
        Assert.Contains("f/0", lines[3]);
        Assert.Matches("^and 8 done, 98[0-9] waiting$", lines[^1].TrimEnd());
    }

    [Fact]
    public void WithoutALimitEveryCellIsThereInThePlansOrder()
    {
        var lines = Render(Run([.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? Done($"a/{i}") : Waiting($"a/{i}"))]), 4000, null);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"a/{i}"), lines.Skip(2).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    [Fact]
    public void WhateverTheRunItFitsTheTerminal() =>
        Gen.Select(Gen.Int[20, 200], Gen.Int[5, 60], Gen.Int[1, 40], Gen.Int[0, 40], Gen.Int[0, 40], Gen.Int[1, 60]).Sample((width, height, running, failed, waiting, name) =>
        {
            var run = Run(
            [
                .. Enumerable.Range(0, waiting).Select(i => Waiting(new string('w', name) + $"/data/{i}")),
                .. Enumerable.Range(0, running).Select(i => Running(new string('r', name) + $"/data/{i}")),
                .. Enumerable.Range(0, failed).Select(i => Failed(new string('f', name) + $"/data/{i}")),
            ]);
            var lines = Render(run, width, height);
            Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= width, line));
            Assert.True(lines.Length <= Math.Max(height - 1, 5 + (60 / width)), $"{lines.Length} lines on {height}");
            Assert.Contains(lines, l => l.StartsWith('>'));
        }, iter: 200);

    private static RunStatus Run(params IReadOnlyList<CellStatus> cells) =>
        new() { Name = "night", Folder = "/runs/night", Running = true, Headline = new("neural-collapse/nc1", "NC1", "Within-class variability"), Cells = cells, Stale = [] };

    private static CellStatus Running(string name) => new()
    {
        Name = name,
        Key = name,
        State = CellState.Running,
        Epoch = 17,
        Epochs = 350,
        Loss = 0.01234,
        TrainingError = 0.0125,
        Headline = 0.5,
        ImagesPerSecond = 1235,
        SecondsLeft = 12_000,
    };

    private static CellStatus Failed(string name) => new() { Name = name, Key = name, State = CellState.Failed, Outcome = Outcome.OutOfMemory, Message = "No memory.", Epochs = 350 };

    private static CellStatus Done(string name) => new() { Name = name, Key = name, State = CellState.Done, Outcome = Outcome.Done, Epoch = 350, Epochs = 350, Seconds = 60 };

    private static CellStatus Waiting(string name) => new() { Name = name, Key = name, State = CellState.Waiting, Epochs = 350 };

    private static string[] Render(RunStatus run, int width, int? height)
    {
        using var console = new TestConsole().Width(width);
        console.Write(StatusTable.Render(run, width, height));
        return [.. console.Lines];
    }
}
