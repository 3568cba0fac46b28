using Harness.Manifests;
using Harness.Training;

namespace Harness.Tests.Training;

public class LearningRateTests
{
    [Fact]
    public void FallsTenfoldAtAThirdAndTwoThirds()
    {
        var options = new TrainingOptions { Epochs = 350, LearningRate = 0.1 };
        Assert.Equal(0.1, LearningRate.At(options, 1), 12);
        Assert.Equal(0.1, LearningRate.At(options, 117), 12);
        Assert.Equal(0.01, LearningRate.At(options, 118), 12);
        Assert.Equal(0.01, LearningRate.At(options, 233), 12);
        Assert.Equal(0.001, LearningRate.At(options, 234), 12);
        Assert.Equal(0.001, LearningRate.At(options, 350), 12);
    }

    [Fact]
    public void StaysWhereNothingIsAsked() =>
        Assert.Equal(0.3, LearningRate.At(new TrainingOptions { Epochs = 10, LearningRate = 0.3, DecayAt = [] }, 10));
}
