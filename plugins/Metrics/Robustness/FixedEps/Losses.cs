using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What an attack raises.</summary>
/// <param name="logits">n x C, float32.</param>
/// <param name="labels">n, int64: the true labels.</param>
/// <returns>n. The caller's dispose scope owns it.</returns>
internal delegate Tensor Loss(Tensor logits, Tensor labels);

/// <summary>The losses of the field.</summary>
internal static class Losses
{
    /// <summary>The range logits are brought to by <see cref="RescaledCrossEntropy"/>: exp(-10) does not underflow, and still tells the nearest classes from the rest.</summary>
    public const double RescaledRange = 10;

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

    private static Tensor Of(Tensor logits, Tensor classes) => logits.gather(1, classes.unsqueeze(1)).squeeze(1);
}
