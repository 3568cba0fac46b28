using static TorchSharp.torch;

namespace Harness;

/// <summary>A trained network in eval mode, fed with pixels: standardisation is inside, so that gradients and radii are in pixel units.</summary>
public interface ITrainedNetwork
{
    /// <summary>The architecture's network, which sees standardised images.</summary>
    Classifier Classifier { get; }

    /// <summary>Logits of float pixels; differentiable with respect to them where gradients are on.</summary>
    /// <param name="pixels">n x C x H x W, float32, nominally in [0,1], not clipped.</param>
    /// <returns>n x classes, float32. The caller's dispose scope owns it.</returns>
    Tensor Logits(Tensor pixels);

    /// <summary>(pixels - mean) / deviation, channel by channel.</summary>
    /// <param name="pixels">n x C x H x W, float32.</param>
    /// <returns>The same shape. The caller's dispose scope owns it.</returns>
    Tensor Standardise(Tensor pixels);

    /// <summary>The images of one split.</summary>
    /// <param name="split">Which part.</param>
    ImageSet Images(Split split);
}
