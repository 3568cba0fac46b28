using Harness.Training;
using Harness.Watching;
using Serilog;
using Serilog.Formatting.Display;
using Spectre.Console.Testing;
using Testing;

namespace Harness.Tests.Watching;

public sealed class LiveTableTests : IDisposable
{
    private readonly TestConsole console = new TestConsole().Width(100).Interactive();

    public void Dispose() => console.Dispose();

    [Fact]
    public async Task WarningsStandAboveTheTableAndInformationIsLeftToTheTable()
    {
        var live = new LiveTable(console, new MessageTemplateTextFormatter("{Message:lj}{NewLine}"));
        using var logger = new LoggerConfiguration().WriteTo.Sink(live).CreateLogger();
        var record = new SyntheticRun { Finished = 0 }.Record();
        var cell = record.Plan.Cells[0];
        var progress = new RunProgress(new()
        {
            Name = "night",
            Folder = "/runs/night",
            Running = true,
            Stale = [],
            Cells = [.. record.Plan.Cells.Select(c => new CellStatus { Name = c.Spec.Name, Key = c.Key, State = CellState.Waiting, Epochs = 60 })],
        });
        logger.Information("before the table");
        await live.WhileAsync(progress, async () =>
        {
            await Task.Yield();
            progress.Started(cell, "cpu");
            progress.Heard(cell, new CellMessage.Started(0, 10, 10));
            logger.Information("an epoch, which the table shows");
            logger.Warning("a card got lost");
            progress.Ended(cell, new() { Outcome = Harness.Results.Outcome.Diverged, Epochs = 3 });
        });
        logger.Information("after the table");

        var shown = console.Output;
        Assert.StartsWith("before the table", shown);
        Assert.DoesNotContain("which the table shows", shown);
        // The table is drawn again below the warning, and stays as it was at the end.
        Assert.InRange(shown.IndexOf("a card got lost", StringComparison.Ordinal), 1, shown.LastIndexOf("night: 1 failed, 5 waiting", StringComparison.Ordinal));
        Assert.Contains("diverged", shown[shown.LastIndexOf("night: ", StringComparison.Ordinal)..]);
        Assert.EndsWith("after the table", shown.TrimEnd());
    }

    [Fact]
    public async Task WhatTheWorkThrowsComesThrough()
    {
        var live = new LiveTable(console, new MessageTemplateTextFormatter("{Message:lj}{NewLine}"));
        var progress = new RunProgress(new() { Name = "night", Folder = "/runs/night", Running = true, Stale = [], Cells = [] });
        await Assert.ThrowsAsync<IOException>(() => live.WhileAsync(progress, () => throw new IOException("no room")));
    }
}
