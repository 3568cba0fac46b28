using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AttackedCollapse;

/// <summary>Features of some images.</summary>
/// <param name="Classes">C.</param>
/// <param name="Features">h, n x p, float64.</param>
/// <param name="Labels">Their true labels, n, int64.</param>
/// <param name="Predicted">The classes the network gives them, n, int64.</param>
internal sealed record LabelledFeatures(int Classes, Tensor Features, Tensor Labels, Tensor Predicted);
