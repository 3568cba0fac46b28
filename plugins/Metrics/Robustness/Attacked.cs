using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>A batch of attacked images.</summary>
/// <param name="Original">x, n x C x H x W, pixels.</param>
/// <param name="Adversarial">What the attack made of them, of the same shape; not clipped to [0,1].</param>
/// <param name="Predicted">n, int64: the label the network gave the original, from which the attack led away.</param>
/// <param name="Led">n, int64: the label the network gives the adversarial image.</param>
internal sealed record Attacked(Tensor Original, Tensor Adversarial, Tensor Predicted, Tensor Led)
{
    /// <summary>n: whether the network gives the adversarial image another label. The caller's dispose scope owns it.</summary>
    public Tensor Broken => Led.ne(Predicted);
}
