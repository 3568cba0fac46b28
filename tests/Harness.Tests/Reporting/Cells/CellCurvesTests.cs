using Harness.Reporting.Cells;
using Harness.Results;

namespace Harness.Tests.Reporting.Cells;

public class CellCurvesTests
{
    private static readonly Measurement[] Measured =
        [.. Enumerable.Range(1, 40).Select(e => new Measurement(e, "m", "q", Split.Train, X: [0, 1], Y: [e + 0.123456, e == 40 ? double.NaN : 1]))];

    [Fact]
    public void AllEpochsWhereThereIsRoomAndPositionsOnce()
    {
        var curves = Assert.Single(CellCurves.Of(Measured, terminal: 7, room: 1000));
        Assert.Equal(Enumerable.Range(1, 40), curves.Epochs);
        Assert.Equal([[0, 1]], curves.X);
        Assert.Equal([1.123, 1], curves.Y[0]);
        Assert.Equal([40.12, null], curves.Y[^1]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(10, 5)]
    public void TheEndsAreThereWhateverTheyTake(int room, int epochs)
    {
        var curves = Assert.Single(CellCurves.Of(Measured, terminal: 7, room));
        Assert.Equal(epochs, curves.Epochs.Count);
        Assert.Contains(7, curves.Epochs);
        Assert.Equal(40, curves.Epochs[^1]);
    }

    [Fact]
    public void PositionsThatChangeAreKept() => Assert.Equal(
        [[0, 1], [0, 2]], Assert.Single(CellCurves.Of([new(1, "m", "q", X: [0, 1], Y: [1, 1]), new(2, "m", "q", X: [0, 2], Y: [1, 1])], null, 100)).X);
}
