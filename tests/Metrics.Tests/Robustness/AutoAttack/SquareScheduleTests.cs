using Harness.Metrics.Robustness.AutoAttack;

namespace Metrics.Tests.Robustness.AutoAttack;

public class SquareScheduleTests
{
    [Theory]
    [InlineData(10_000)]
    [InlineData(5_000)]
    [InlineData(1_000)]
    public void ShareIsHalvedAfterThePublishedMarksWhateverTheBudget(int queries)
    {
        int[] marks = [10, 50, 200, 1000, 2000, 4000, 6000, 8000];
        for (var i = 0; i < marks.Length; i++)
        {
            var mark = marks[i] * queries / 10_000;
            Assert.Equal(0.8 / (1 << i), SquareSchedule.Share(mark, queries));
            Assert.Equal(0.4 / (1 << i), SquareSchedule.Share(mark + 1, queries));
        }
        Assert.Equal(0.8, SquareSchedule.Share(0, queries));
    }

    [Theory]
    [InlineData(0.8, 32, 32, 1, 29)]
    [InlineData(0.8 / 256, 32, 32, 1, 2)]
    [InlineData(1e-6, 32, 32, 1, 1)]
    [InlineData(1e-6, 32, 32, 3, 3)]
    [InlineData(1e-6, 2, 2, 3, 2)]
    [InlineData(0.8, 8, 200, 1, 8)]
    public void SideIsClosestToTheShareWithinTheImage(double share, int height, int width, int least, int side) =>
        Assert.Equal(side, SquareSchedule.Side(share, height, width, least));
}
