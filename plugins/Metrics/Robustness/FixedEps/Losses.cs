using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What an attack raises.</summary>
/// <param name="logits">n x C, float32.</param>
/// <param name="labels">n, int64: the true labels.</param>
/// <returns>n. The caller's dispose scope owns it.</returns>
internal delegate Tensor Loss(Tensor logits, Tensor labels);

/// <summary>What an attack towards one class raises.</summary>
/// <param name="logits">n x C, float32.</param>
/// <param name="labels">n, int64: the true labels.</param>
/// <param name="targets">n, int64: where each image is led, never its label.</param>
/// <returns>n. The caller's dispose scope owns it.</returns>
internal delegate Tensor TargetedLoss(Tensor logits, Tensor labels, Tensor targets);

/// <summary>The losses of the field.</summary>
internal static class Losses
{
    /// <summary>The range logits are brought to by <see cref="RescaledCrossEntropy"/>: exp(-10) does not underflow, and still tells the nearest classes from the rest.</summary>
    public const double RescaledRange = 10;

    /// <summary>Keeps the denominator of equal logits from being 0.</summary>
    private const double Tiny = 1e-12;

    /// <summary>-ln softmax(z)_y, in float32 as it is trained: where the network is sure of itself its gradient is exactly 0.</summary>
    public static Tensor CrossEntropy(Tensor logits, Tensor labels) => nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.None);

    /// <summary>The cross-entropy of logits scaled, image by image, to a range max z - min z of 10; the scale is held constant in the gradient.</summary>
    public static Tensor RescaledCrossEntropy(Tensor logits, Tensor labels)
    {
        var range = logits.detach().amax([1], true).sub(logits.detach().amin([1], true));
        var scale = full_like(range, RescaledRange).div(range).where(range.gt(0), ones_like(range));
        return CrossEntropy(logits.mul(scale), labels);
    }

    /// <summary>max_(c≠y) z_c - z_y: positive where the image is misclassified (Carlini and Wagner 2017).</summary>
    public static Tensor Gap(Tensor logits, Tensor labels)
    {
        var own = nn.functional.one_hot(labels, logits.shape[1]).to(ScalarType.Bool);
        return logits.masked_fill(own, double.NegativeInfinity).amax([1]).sub(Of(logits, labels));
    }

    /// <summary>
    /// The difference of logits ratio, (max_(c≠y) z_c - z_y)/(z_π1 - z_π3) with z_π1 ≥ z_π2 ≥ … (Croce and Hein 2020, equation 6): it changes neither with
    /// a shift of the logits nor with their scale.
    /// </summary>
    /// <remarks>Two classes have no third logit: there it is the gap, whose scale changes no step of an attack that goes by direction and by comparison.</remarks>
    public static Tensor Dlr(Tensor logits, Tensor labels)
    {
        var gap = Gap(logits, labels);
        if (logits.shape[1] < 3) return gap;
        var (largest, _) = logits.topk(3, 1);
        return gap.div(largest.select(1, 0).sub(largest.select(1, 2)).add(Tiny));
    }

    /// <summary>The same towards a target, (z_t - z_y)/(z_π1 - (z_π3 + z_π4)/2) (equation 7).</summary>
    /// <remarks>Of three classes the lower two take the place of the third and fourth: the third alone would make the ratio constant where it is the target. Of two it is the gap.</remarks>
    public static Tensor TargetedDlr(Tensor logits, Tensor labels, Tensor targets)
    {
        var gap = TargetedGap(logits, labels, targets);
        var classes = logits.shape[1];
        if (classes < 3) return gap;
        var (largest, _) = logits.topk((int)Math.Min(classes, 4), 1);
        var below = largest.narrow(1, largest.shape[1] - 2, 2).mean([1]);
        return gap.div(largest.select(1, 0).sub(below).add(Tiny));
    }

    /// <summary>z_t - z_y.</summary>
    public static Tensor TargetedGap(Tensor logits, Tensor labels, Tensor targets) => Of(logits, targets).sub(Of(logits, labels));

    private static Tensor Of(Tensor logits, Tensor classes) => logits.gather(1, classes.unsqueeze(1)).squeeze(1);
}
