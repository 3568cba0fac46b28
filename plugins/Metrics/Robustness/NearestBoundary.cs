using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>For each image the boundary to another class that lies nearest when linearised: {z : ⟨Slopes, z − x⟩ + Gaps = 0}.</summary>
/// <param name="Gaps">f_k(x) − f_y(x), n, float64.</param>
/// <param name="Slopes">∇(f_k − f_y)(x), n x C x H x W, float64; 0 where no gap has a slope.</param>
internal sealed record NearestBoundary(Tensor Gaps, Tensor Slopes)
{
    /// <summary>One pass forward, and one back for each rival; summing over the batch is safe: in eval mode no gap depends on another image. The caller's scope owns the tensors.</summary>
    /// <param name="network">Its parameters are frozen by the caller.</param>
    /// <param name="images">x, n x C x H x W, float32.</param>
    /// <param name="labels">y, n, int64.</param>
    /// <param name="rivals">Lists of one class k for each image, n, int64, never its label; of each image the nearest counts.</param>
    /// <param name="norm">Of the distance |f_k − f_y| / ‖∇(f_k − f_y)‖_*, whose denominator has the dual norm.</param>
    public static NearestBoundary Of(ITrainedNetwork network, Tensor images, Tensor labels, IReadOnlyList<Tensor> rivals, Norm norm)
    {
        using var scope = NewDisposeScope();
        var leaf = images.detach().requires_grad_();
        Tensor[] gaps;
        using (enable_grad())
        {
            var logits = network.Logits(leaf);
            gaps = [.. rivals.Select(k => Losses.TargetedGap(logits, labels, k))];
        }
        var distance = full([images.shape[0]], double.PositiveInfinity, ScalarType.Float64, images.device);
        var (nearest, direction) = (zeros_like(distance), zeros_like(images, ScalarType.Float64));
        for (var k = 0; k < gaps.Length; k++)
        {
            using (enable_grad()) gaps[k].sum().backward(retain_graph: k < gaps.Length - 1);
            var slope = leaf.grad!.to(ScalarType.Float64);
            leaf.grad = null;
            var gap = gaps[k].detach().to(ScalarType.Float64);
            var dual = norm == Norm.Linf ? slope.flatten(1).abs().sum(1) : slope.flatten(1).square().sum(1).sqrt();
            // A boundary without a slope is out of reach; its distance, infinite or 0/0, is not below any other.
            var away = gap.abs().div(dual);
            var nearer = away.lt(distance);
            distance = away.where(nearer, distance);
            nearest = gap.where(nearer, nearest);
            direction = slope.where(Ball.PerImage(nearer), direction);
        }
        return new(nearest.MoveToOuterDisposeScope(), direction.MoveToOuterDisposeScope());
    }
}
