using CsCheck;
using Harness.Metrics.Robustness.AutoAttack;

namespace Metrics.Tests.Robustness.AutoAttack;

public class ApgdCheckpointsTests
{
    [Fact]
    public void SequenceIsThePublishedOne() =>
        // p: 0.22, + 0.19, + 0.16, + 0.13, + 0.10, + 0.07, then + 0.06 each.
        Assert.Equal([22, 41, 57, 70, 80, 87, 93, 99], ApgdCheckpoints.For(100));

    [Fact]
    public void FewIterationsAreRoundedUpAndNotRepeated()
    {
        Assert.Equal([3, 5, 6, 7, 8, 9, 10], ApgdCheckpoints.For(10));
        Assert.Equal([1], ApgdCheckpoints.For(1));
    }

    [Fact]
    public void LastCheckpointIsWithinTheIterations() =>
        Gen.Int[1, 5000].Sample(n =>
        {
            var checkpoints = ApgdCheckpoints.For(n);
            return checkpoints[0] >= 1 && checkpoints[^1] <= n && checkpoints.Zip(checkpoints.Skip(1)).All(p => p.First < p.Second);
        });
}
