using Harness.Metrics.Robustness.AutoAttack;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.AutoAttack;

public class ClimbTests
{
    [Fact]
    public void StepIsHalvedByEitherConditionAndTheBestImageTakenUp()
    {
        // Four images at a checkpoint where 7.5 rises are enough: too few rises; enough; no better image since a checkpoint that did not halve; the same after one that did.
        using var scope = NewDisposeScope();
        var climb = At(rises: [7, 8, 9, 9], halved: [false, false, false, true], bestValues: [5, 5, 5, 5], lastBest: [4, 4, 5, 5]).LookBack(7.5);
        Assert.Equal([true, false, true, false], climb.Halved.data<bool>().ToArray());
        Assert.Equal([0.5, 1, 0.5, 1], climb.Steps.data<double>().ToArray());
        Assert.Equal([9, 1, 9, 1], climb.Images.data<float>().ToArray());
        Assert.Equal([5, 3, 5, 3], climb.Values.data<float>().ToArray());
        Assert.Equal([7, 2, 7, 2], climb.Gradients.data<float>().ToArray());
        Assert.Equal([0, 0, 0, 0], climb.Rises.data<long>().ToArray());
        Assert.Equal([5, 5, 5, 5], climb.LastBest.data<float>().ToArray());
    }

    [Fact]
    public void MoveKeepsTheBestAndCountsRises()
    {
        using var scope = NewDisposeScope();
        var moved = At(rises: [0, 0, 0, 0], halved: new bool[4], bestValues: [5, 5, 5, 5], lastBest: [5, 5, 5, 5])
            .MoveTo(Images(2), new(tensor(new[] { 2f, 3f, 4f, 6f }), Images(8), zeros(4, ScalarType.Bool)));
        Assert.Equal([0, 0, 1, 1], moved.Rises.data<long>().ToArray());
        Assert.Equal([5, 5, 5, 6], moved.BestValues.data<float>().ToArray());
        Assert.Equal([9, 9, 9, 2], moved.Best.data<float>().ToArray());
        Assert.Equal([7, 7, 7, 8], moved.BestGradients.data<float>().ToArray());
        Assert.Equal([1, 1, 1, 1], moved.Before.data<float>().ToArray());
    }

    private static Climb At(long[] rises, bool[] halved, float[] bestValues, float[] lastBest) => new(
        arange(4, ScalarType.Int64), Images(0), zeros(4, ScalarType.Int64), zeros(4, ScalarType.Int64), Images(1), Images(0), full([4], 3f), Images(2),
        Images(9), tensor(bestValues), Images(7), ones(4, ScalarType.Float64), tensor(rises), tensor(halved), tensor(lastBest));

    private static Tensor Images(float value) => full([4, 1, 1, 1], value);
}
