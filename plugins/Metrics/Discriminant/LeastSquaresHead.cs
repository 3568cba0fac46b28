using static TorchSharp.torch;

namespace Harness.Metrics.Discriminant;

/// <summary>A linear head z = W h + b.</summary>
/// <param name="Weight">W, C x p, float64.</param>
/// <param name="Bias">b, C, float64.</param>
internal sealed record LeastSquaresHead(Tensor Weight, Tensor Bias)
{
    /// <summary>The head that fits one-hot labels best: W_LS = (1/C) Mᵀ Σ_T⁺, b_LS = 1/C − W_LS μ_G (Webb and Lowe 1990).</summary>
    /// <param name="statistics">Class means of the training images.</param>
    /// <param name="total">Their total scatter.</param>
    public static LeastSquaresHead Of(ClassStatistics statistics, TotalScatter total)
    {
        var classes = statistics.Counts.Count;
        var weight = total.Inverse(statistics.CentredMeans).div_(classes);
        return new(weight, weight.mv(statistics.GlobalMean).neg_().add_(1.0 / classes));
    }
}
