using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>
/// Auto-PGD (Croce and Hein 2020, algorithm 1): projected gradient ascent with momentum, whose step starts at 2 eps and is halved, image by image, where progress
/// stalls; it then goes on from the best image so far. From a random point of the ball's surface. An image that is broken drops out.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="loss">What is raised.</param>
/// <param name="target">The rank of the class led to, or null where there is none: the loss then gets the labels for targets.</param>
/// <param name="iterations">How many; one pass forward and back more, for the start.</param>
/// <param name="cancellation">Checked at each iteration.</param>
internal sealed class Apgd(ITrainedNetwork network, TargetedLoss loss, int? target, int iterations, CancellationToken cancellation) : IAttack
{
    /// <summary>α: the share of the step; the rest is of the last move.</summary>
    private const double Momentum = 0.75;

    /// <summary>ρ: the share of iterations that must raise the loss for the step to stay.</summary>
    private const double Progress = 0.75;

    /// <summary>The attack that leads to no class.</summary>
    public Apgd(ITrainedNetwork network, Loss loss, int iterations, CancellationToken cancellation)
        : this(network, (logits, labels, _) => loss(logits, labels), null, iterations, cancellation)
    {
    }

    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        var targets = target is { } rank ? Targets.Of(network.Logits(victims.Pixels), victims.Labels, rank) : victims.Labels;
        var start = ball.Project(victims.Pixels, victims.Pixels.to(ScalarType.Float64).add(RandomOffsets.OnSurface(ball, victims, seed)));
        var result = start.clone();
        var first = Slope(start, victims.Labels, targets);
        var rows = arange(start.shape[0], ScalarType.Int64, start.device);
        var steps = full_like(rows, 2 * ball.Radius, ScalarType.Float64);
        var climb = new Climb(rows, victims.Pixels, victims.Labels, targets, start, start, first.Values, first.Gradients, start, first.Values, first.Gradients,
            steps, zeros_like(rows), zeros_like(rows, ScalarType.Bool), first.Values);
        climb = climb.Select(first.Broken.logical_not());

        var checkpoints = ApgdCheckpoints.For(iterations);
        for (var (i, next) = (1, 0); i <= iterations && climb.Rows.shape[0] > 0; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var iteration = NewDisposeScope();
            var moved = Advance(climb, ball, i > 1);
            var slope = Slope(moved, climb.Labels, climb.Targets);
            climb = climb.MoveTo(moved, slope);
            // The best so far where it stands; what broke it where it does not.
            result.index_copy_(0, climb.Rows, moved.where(Ball.PerImage(slope.Broken), climb.Best));
            if (next < checkpoints.Count && i == checkpoints[next])
            {
                climb = climb.LookBack(Progress * (i - (next == 0 ? 0 : checkpoints[next - 1])));
                next++;
            }
            climb = climb.Select(slope.Broken.logical_not()).MoveToOuterDisposeScope();
        }
        return result.MoveToOuterDisposeScope();
    }

    private static Tensor Advance(Climb climb, Ball ball, bool withMomentum)
    {
        var here = climb.Images.to(ScalarType.Float64);
        var step = ball.Project(climb.Pixels, here.add(ball.Steepest(climb.Gradients).mul(Ball.PerImage(climb.Steps))));
        if (!withMomentum) return step;
        var push = step.to(ScalarType.Float64).sub(here).mul(Momentum);
        var drift = here.sub(climb.Before.to(ScalarType.Float64)).mul(1 - Momentum);
        return ball.Project(climb.Pixels, here.add(push).add(drift));
    }

    private LossSlope Slope(Tensor images, Tensor labels, Tensor targets) => LossSlope.At(network, images, labels, (logits, own) => loss(logits, own, targets));
}
