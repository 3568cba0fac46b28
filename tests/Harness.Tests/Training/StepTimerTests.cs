using Harness.Training;

namespace Harness.Tests.Training;

public class StepTimerTests
{
    [Theory]
    [InlineData(128, 1e6, "cpu", 128)]      // all of them are soon done
    [InlineData(128, 1e8, "cpu", 20)]
    [InlineData(128, 5e9, "cpu", 2)]        // batch normalisation needs two
    [InlineData(1, 5e9, "cpu", 1)]
    [InlineData(128, 5e10, "cpu", null)]    // a second would not do
    [InlineData(128, 5e10, "cuda", 128)]
    public void AStepOnACpuHasAsManyImagesAsAreSoonDone(int batchSize, double flopsOfAnImage, string kind, int? expected) =>
        Assert.Equal(expected, StepTimer.BatchSize(batchSize, flopsOfAnImage, kind));
}
