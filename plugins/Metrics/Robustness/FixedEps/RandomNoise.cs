using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>The control: a random perturbation of the attack's size, which looks at no gradient and asks the network nothing.</summary>
internal sealed class RandomNoise : IAttack
{
    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        return ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(RandomOffsets.OnSurface(ball, victims, seed))).MoveToOuterDisposeScope();
    }
}
