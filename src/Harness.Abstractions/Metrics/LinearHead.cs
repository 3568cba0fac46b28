using static TorchSharp.torch;

namespace Harness;

/// <summary>The last layer in float64, on the snapshot's device. The snapshot owns both tensors.</summary>
/// <param name="Weight">W, C x p, float64.</param>
/// <param name="Bias">b, C, float64; zeros where the layer has none.</param>
public sealed record LinearHead(Tensor Weight, Tensor Bias);
