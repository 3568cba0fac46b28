using Harness.Metrics.Robustness.FixedEps;
using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>Where Auto-PGD stands with each of the images it still works on: m of them, the first dimension of every tensor.</summary>
/// <param name="Rows">Which of the batch they are, int64.</param>
/// <param name="Pixels">The clean images.</param>
/// <param name="Labels">Their labels, int64.</param>
/// <param name="Targets">The classes they are led to, int64.</param>
/// <param name="Images">x_k.</param>
/// <param name="Before">x_(k−1).</param>
/// <param name="Values">f(x_k).</param>
/// <param name="Gradients">∇f(x_k).</param>
/// <param name="Best">x_max, where the loss was largest.</param>
/// <param name="BestValues">f_max.</param>
/// <param name="BestGradients">∇f(x_max).</param>
/// <param name="Steps">η, float64.</param>
/// <param name="Rises">Iterations since the last checkpoint that raised the loss, int64.</param>
/// <param name="Halved">Whether the last checkpoint halved the step.</param>
/// <param name="LastBest">f_max at the last checkpoint.</param>
internal sealed record Climb(
    Tensor Rows, Tensor Pixels, Tensor Labels, Tensor Targets, Tensor Images, Tensor Before, Tensor Values, Tensor Gradients,
    Tensor Best, Tensor BestValues, Tensor BestGradients, Tensor Steps, Tensor Rises, Tensor Halved, Tensor LastBest)
{
    /// <summary>After a move.</summary>
    /// <param name="moved">x_(k+1).</param>
    /// <param name="slope">The loss there.</param>
    public Climb MoveTo(Tensor moved, LossSlope slope)
    {
        var better = slope.Values.gt(BestValues);
        return this with
        {
            Images = moved,
            Before = Images,
            Values = slope.Values,
            Gradients = slope.Gradients,
            Best = moved.where(Ball.PerImage(better), Best),
            BestValues = slope.Values.where(better, BestValues),
            BestGradients = slope.Gradients.where(Ball.PerImage(better), BestGradients),
            Rises = Rises.add(slope.Values.gt(Values).to(ScalarType.Int64)),
        };
    }

    /// <summary>
    /// A checkpoint. The step is halved, and the best image taken up again, where the loss rose in too few iterations, or where the step was not halved
    /// at the last checkpoint and no better image was found since.
    /// </summary>
    /// <param name="enough">Iterations that must have raised the loss.</param>
    public Climb LookBack(double enough)
    {
        var halve = Rises.lt(enough).logical_or(Halved.logical_not().logical_and(BestValues.eq(LastBest)));
        var image = Ball.PerImage(halve);
        return this with
        {
            Images = Best.where(image, Images),
            Values = BestValues.where(halve, Values),
            Gradients = BestGradients.where(image, Gradients),
            Steps = Steps.div(2).where(halve, Steps),
            Rises = zeros_like(Rises),
            Halved = halve,
            LastBest = BestValues,
        };
    }

    /// <summary>Some of the images.</summary>
    /// <param name="kept">m, bool.</param>
    public Climb Select(Tensor kept)
    {
        if (kept.all().cpu().item<bool>()) return this;
        var chosen = kept.nonzero().squeeze(1);
        return Each(t => t.index_select(0, chosen));
    }

    /// <summary>The same, owned by the scope around the current one.</summary>
    public Climb MoveToOuterDisposeScope() => Each(t => t.MoveToOuterDisposeScope());

    private Climb Each(Func<Tensor, Tensor> change) => new(
        change(Rows), change(Pixels), change(Labels), change(Targets), change(Images), change(Before), change(Values), change(Gradients),
        change(Best), change(BestValues), change(BestGradients), change(Steps), change(Rises), change(Halved), change(LastBest));
}
