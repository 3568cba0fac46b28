using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>
/// Projected gradient descent (Madry, Makelov, Schmidt, Tsipras and Vladu 2018) from a random point of the ball, by steps of 2.5 eps/steps.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="loss">What is raised.</param>
/// <param name="steps">How many.</param>
/// <param name="cancellation">Checked at each step.</param>
/// <param name="untilBroken">Whether an image that is broken stays where it is, or goes on to raise the loss.</param>
internal sealed class Pgd(ITrainedNetwork network, Loss loss, int steps, CancellationToken cancellation, bool untilBroken = true) : IAttack
{
    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        var current = ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(RandomOffsets.Uniform(ball, victims, seed)));
        var running = arange(victims.Pixels.shape[0], ScalarType.Int64, victims.Pixels.device);
        for (var i = 0; i < steps && running.shape[0] > 0; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var iteration = NewDisposeScope();
            var images = current.index_select(0, running);
            var slope = LossSlope.At(network, images, victims.Labels.index_select(0, running), loss);
            var moved = images.to(ScalarType.Float64).add(ball.Steepest(slope.Gradients).mul(2.5 * ball.Radius / steps));
            var still = untilBroken ? slope.Broken.logical_not() : ones_like(slope.Broken);
            var next = ball.Project(victims.Pixels.index_select(0, running), moved);
            current.index_copy_(0, running, next.where(Ball.PerImage(still), images));
            running = running.masked_select(still).MoveToOuterDisposeScope();
        }
        return current.MoveToOuterDisposeScope();
    }
}
