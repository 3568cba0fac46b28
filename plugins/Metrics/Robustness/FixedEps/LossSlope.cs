using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>A loss and its gradient at some images.</summary>
/// <param name="Values">n, float32, detached.</param>
/// <param name="Gradients">n x C x H x W, float32.</param>
/// <param name="Broken">n, bool: whether the network gives the image another label than its own.</param>
internal sealed record LossSlope(Tensor Values, Tensor Gradients, Tensor Broken)
{
    /// <summary>One pass forward and one back. Summing over the batch is safe: in eval mode no image's logits depend on another's. The caller's scope owns the tensors.</summary>
    /// <param name="network">Its parameters are frozen by the caller.</param>
    /// <param name="images">n x C x H x W, float32.</param>
    /// <param name="labels">n, int64.</param>
    /// <param name="loss">Which.</param>
    public static LossSlope At(ITrainedNetwork network, Tensor images, Tensor labels, Loss loss)
    {
        using var gradients = enable_grad();
        using var scope = NewDisposeScope();
        var leaf = images.detach().requires_grad_();
        var logits = network.Logits(leaf);
        var values = loss(logits, labels);
        values.sum().backward();
        return new(values.detach().MoveToOuterDisposeScope(), leaf.grad!.MoveToOuterDisposeScope(), logits.detach().argmax(1).ne(labels).MoveToOuterDisposeScope());
    }
}
