using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>
/// The fast adaptive boundary attack (Croce and Hein 2020, arXiv:1907.02044, algorithm 1): looks for the least perturbation within [0,1] that changes the label. At
/// each iteration the nearest boundary is linearised, the image and the clean one are both taken onto it, and the next image lies between, a little beyond; from behind the
/// boundary it goes back towards the clean image. At the end three secant steps shorten what was found.
/// </summary>
/// <remarks>What it hands back is in [0,1] and may be further away than the ball reaches; an image it does not break comes back as it was.</remarks>
/// <param name="network">The network.</param>
/// <param name="target">The rank of the class led to (FAB-T), or null: the nearest of all.</param>
/// <param name="iterations">How many, each of two passes forward and, towards one class, one back, else C − 1.</param>
/// <param name="starts">The first is the clean image; others are random, as far away as half the best found or half the ball's radius.</param>
/// <param name="cancellation">Checked at each iteration.</param>
internal sealed class Fab(ITrainedNetwork network, int? target, int iterations, int starts, CancellationToken cancellation) : IAttack
{
    /// <summary>α_max: the largest weight of the clean image's way to the boundary.</summary>
    private const double MostClean = 0.1;

    /// <summary>η: how far beyond the linearised boundary.</summary>
    private const double Overshoot = 1.05;

    /// <summary>β: the share of the perturbation kept after a success.</summary>
    private const double StepBack = 0.9;

    private const int SecantSteps = 3;

    /// <summary>The gap that the secant steps aim at, as a share of the clean image's: at 0 itself float32 tells nothing, and a step that ends short of it stalls.</summary>
    private const double Beyond = 1e-4;

    /// <inheritdoc/>
    public Tensor Run(Victims victims, Ball ball, Seed seed)
    {
        using var scope = NewDisposeScope();
        var rivals = Rivals(victims);
        var best = new Best(victims.Pixels.clone(), full([victims.Pixels.shape[0]], double.PositiveInfinity, ScalarType.Float64, victims.Pixels.device));
        for (var start = 0; start < starts; start++)
        {
            var images = start == 0 ? victims.Pixels.clone() : Around(victims, ball, best.Lengths, seed.Derive("start", start));
            for (var i = 0; i < iterations; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                using var iteration = NewDisposeScope();
                var next = Approach(images, victims, rivals, ball);
                var broken = network.Logits(next).argmax(1).ne(victims.Labels);
                Keep(best, next, broken, victims, ball);
                var back = Between(victims.Pixels, next, full_like(best.Lengths, StepBack));
                images.copy_(back.where(Ball.PerImage(broken), next));
            }
        }
        Shorten(best, victims, ball);
        return best.Images.MoveToOuterDisposeScope();
    }

    /// <summary>The classes whose boundaries are considered: lists of one class for each image.</summary>
    private Tensor[] Rivals(Victims victims)
    {
        var logits = network.Logits(victims.Pixels);
        if (target is { } rank) return [Targets.Of(logits, victims.Labels, rank)];
        var classes = (int)logits.shape[1];
        return [.. Enumerable.Range(1, classes - 1).Select(k => victims.Labels.add(k).remainder(classes))];
    }

    private static Tensor Around(Victims victims, Ball ball, Tensor lengths, Seed seed)
    {
        using var scope = NewDisposeScope();
        var directions = RandomOffsets.OnSurface(ball with { Radius = 1 }, victims, seed);
        var far = Ball.PerImage(lengths.clamp_max(ball.Radius).div(2));
        return victims.Pixels.to(ScalarType.Float64).add(directions.mul(far)).clamp(0, 1).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>One iteration from where the images are.</summary>
    private Tensor Approach(Tensor images, Victims victims, Tensor[] rivals, Ball ball)
    {
        var boundary = NearestBoundary.Of(network, images, victims.Labels, rivals, ball.Norm);
        var here = images.to(ScalarType.Float64);
        var clean = victims.Pixels.to(ScalarType.Float64);
        var atClean = boundary.Gaps.add(boundary.Slopes.mul(clean.sub(here)).flatten(1).sum(1));
        var way = HyperplaneInBox.Way(here, boundary.Slopes, boundary.Gaps, ball.Norm);
        var wayFromClean = HyperplaneInBox.Way(clean, boundary.Slopes, atClean, ball.Norm);
        var length = ball.SizeOf(way);
        var both = length.add(ball.SizeOf(wayFromClean));
        var share = Ball.PerImage(length.div(both).where(both.gt(0), zeros_like(both)).clamp_max(MostClean));
        var fromHere = here.add(way.mul(Overshoot)).mul(share.neg().add(1));
        return fromHere.add(clean.add(wayFromClean.mul(Overshoot)).mul(share)).clamp(0, 1).to(ScalarType.Float32);
    }

    private static void Keep(Best best, Tensor images, Tensor broken, Victims victims, Ball ball)
    {
        var lengths = ball.SizeOf(images.to(ScalarType.Float64).sub(victims.Pixels.to(ScalarType.Float64)));
        var better = broken.logical_and(lengths.lt(best.Lengths));
        best.Images.copy_(images.where(Ball.PerImage(better), best.Images));
        best.Lengths.copy_(lengths.where(better, best.Lengths));
    }

    /// <summary>Secant steps for where the gap passes 0 between the clean image, where it is negative, and the best one, which stays broken.</summary>
    private void Shorten(Best best, Victims victims, Ball ball)
    {
        using var scope = NewDisposeScope();
        var (inner, outer) = (victims.Pixels, best.Images.clone());
        var (innerGap, outerGap) = (Gap(inner), Gap(outer));
        var aim = innerGap.abs().mul(Beyond);
        for (var i = 0; i < SecantSteps; i++)
        {
            var share = innerGap.sub(aim).div(innerGap.sub(outerGap));
            var tried = Between(inner, outer, share.where(share.isfinite(), ones_like(share)).clamp(0, 1));
            var logits = network.Logits(tried);
            var gap = Losses.Gap(logits, victims.Labels).to(ScalarType.Float64);
            var broken = logits.argmax(1).ne(victims.Labels);
            Keep(best, tried, broken, victims, ball);
            var image = Ball.PerImage(broken);
            (inner, outer) = (inner.where(image, tried), tried.where(image, outer));
            (innerGap, outerGap) = (innerGap.where(broken, gap), gap.where(broken, outerGap));
        }

        Tensor Gap(Tensor images) => Losses.Gap(network.Logits(images), victims.Labels).to(ScalarType.Float64);
    }

    /// <summary>(1 − s) from + s to, which lies in [0,1] where both do.</summary>
    private static Tensor Between(Tensor from, Tensor to, Tensor share)
    {
        var start = from.to(ScalarType.Float64);
        return start.add(to.to(ScalarType.Float64).sub(start).mul(Ball.PerImage(share))).clamp(0, 1).to(ScalarType.Float32);
    }

    /// <summary>The shortest success so far, overwritten in place.</summary>
    /// <param name="Images">n x C x H x W, float32; the clean image where there is none.</param>
    /// <param name="Lengths">n, float64; infinite where there is none.</param>
    private sealed record Best(Tensor Images, Tensor Lengths);
}
