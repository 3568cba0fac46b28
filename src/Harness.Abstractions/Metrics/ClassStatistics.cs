using static TorchSharp.torch;

namespace Harness;

/// <summary>Class means of a feature set, float64, on the snapshot's device. The feature set owns the tensors.</summary>
/// <remarks>
/// Every average is first within a class, then over classes, so that Σ_T = Σ_B + Σ_W holds for unbalanced sets as well (Papyan, Han and Donoho 2020
/// define them for balanced ones).
/// </remarks>
/// <param name="Counts">Images of each class, C.</param>
/// <param name="Means">Class means μ_c, C x p.</param>
/// <param name="GlobalMean">Mean of the class means μ_G, p.</param>
/// <param name="CentredMeans">μ_c - μ_G, C x p: the paper's M, transposed.</param>
public sealed record ClassStatistics(IReadOnlyList<long> Counts, Tensor Means, Tensor GlobalMean, Tensor CentredMeans);
