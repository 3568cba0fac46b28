using System.Runtime.CompilerServices;
using Harness.Reporting.Numbers;
using Harness.Results;
using Testing;

namespace Harness.Tests.Reporting;

public class CellViewTests
{
    [Fact]
    public void TheRecordsOfACellNeedNotStayInMemory()
    {
        var (view, records) = View();
        GC.Collect();
        Assert.All(records, record => Assert.False(record.TryGetTarget(out _)));
        Assert.NotEmpty(view.Curves);
    }

    // Of its own, so that no local of the test keeps what it watches.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (CellView View, WeakReference<object>[] Records) View()
    {
        var cell = new SyntheticRun().Record().Cells[0];
        return (new(0, cell), [new(cell), new(cell.Measurements), new(cell.Measurements[^1]), new(cell.Epochs), new(cell.Timings)]);
    }

    [Fact]
    public void TimesAreAddedUpAndSpeedsAveragedOverTheEpochs()
    {
        var cell = new SyntheticRun().Record().Cells[0];
        EpochTiming[] timings = [new(1, 2, 0.5, 1000), new(2, 3, 0, 3000)];
        Assert.Equal(new CellTime(5, 0.5, 2000), new CellView(0, cell with { Timings = timings }).Time);
        Assert.Null(new CellView(0, cell with { Timings = [] }).Time);
    }
}
