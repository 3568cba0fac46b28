using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>The fast gradient sign method (Goodfellow, Shlens and Szegedy 2015), and its L2 form: one step of length eps along the gradient.</summary>
/// <param name="network">The network.</param>
/// <param name="loss">What is raised.</param>
internal sealed class Fgsm(ITrainedNetwork network, Loss loss) : IAttack
{
    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        var slope = LossSlope.At(network, victims.Pixels, victims.Labels, loss);
        return ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(ball.Steepest(slope.Gradients).mul(ball.Radius))).MoveToOuterDisposeScope();
    }
}
