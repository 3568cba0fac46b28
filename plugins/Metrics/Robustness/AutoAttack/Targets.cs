using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>The classes a targeted attack leads to, as AutoAttack takes them: those with the largest logits of the clean image, its own left out.</summary>
internal static class Targets
{
    /// <summary>One class for each image.</summary>
    /// <param name="logits">Of the clean images, n x C.</param>
    /// <param name="labels">n, int64: the true labels.</param>
    /// <param name="rank">0 for the likeliest of the others, at most C − 2.</param>
    /// <returns>n, int64. The caller's dispose scope owns it.</returns>
    public static Tensor Of(Tensor logits, Tensor labels, int rank)
    {
        using var scope = NewDisposeScope();
        var own = nn.functional.one_hot(labels, logits.shape[1]).to(ScalarType.Bool);
        var (_, classes) = logits.masked_fill(own, double.NegativeInfinity).topk(rank + 1, 1);
        return classes.select(1, rank).clone().MoveToOuterDisposeScope();
    }
}
