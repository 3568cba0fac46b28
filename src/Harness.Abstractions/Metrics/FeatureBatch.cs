using static TorchSharp.torch;

namespace Harness;

/// <summary>Consecutive images of a <see cref="FeatureSet"/>, on the snapshot's device. The feature set owns the tensors; they are valid during the visit.</summary>
/// <param name="Features">h, n x p, float32.</param>
/// <param name="Logits">W h + b as the network gave them, n x C, float32.</param>
/// <param name="Labels">n, int64, in [0, C).</param>
public sealed record FeatureBatch(Tensor Features, Tensor Logits, Tensor Labels);
