using Harness.Results;
using Harness.Running;
using Testing;

namespace Harness.Tests.Running;

public sealed class ReportInBackgroundTests
{
    private static readonly PlannedCell Cell = new SyntheticRun().Record().Plan.Cells[0];
    private static readonly CellResult Done = new() { Outcome = Outcome.Done, Epochs = 1 };

    [Fact]
    public async Task EndsThatComeWhileItIsMadeAreOneMoreMakingAndNobodyWaits()
    {
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var made = 0;
        var report = new ReportInBackground(() =>
        {
            Interlocked.Increment(ref made);
            begun.Release();
            go.Wait(TestContext.Current.CancellationToken);
            return true;
        }, TimeProvider.System);
        report.Ended(Cell, Done);
        await begun.WaitAsync(TestContext.Current.CancellationToken);
        // It is being made, and held there: these return at once.
        for (var i = 0; i < 100; i++) report.Ended(Cell, Done);
        var finished = Task.Run(report.FinishAsync, TestContext.Current.CancellationToken);
        go.Release(100);
        Assert.True(await finished);
        Assert.InRange(made, 2, 3);
    }

    [Fact]
    public async Task TheLastIsMadeWhenAllIsOverAlsoWhereNothingEnded()
    {
        var made = 0;
        var report = new ReportInBackground(() => ++made > 1, TimeProvider.System);
        Assert.False(await report.FinishAsync());
        Assert.Equal(1, made);
    }
}
