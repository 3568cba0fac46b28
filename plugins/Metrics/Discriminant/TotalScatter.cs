using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Discriminant;

/// <summary>Σ_T = Σ_B + Σ_W of a split by its eigenvalues, p x p in float64, cut where only rounding is left.</summary>
/// <param name="Values">The k eigenvalues that are kept.</param>
/// <param name="Vectors">Their eigenvectors, p x k.</param>
/// <param name="SecondMoments">The kept eigenvalues of Σ_T + μ_G μ_Gᵀ, which are not centred.</param>
internal sealed record TotalScatter(Tensor Values, Tensor Vectors, Tensor SecondMoments)
{
    /// <summary>Relative rounding of float64.</summary>
    private const double Float64Rounding = 1.0 / (1L << 52);

    /// <summary>Walks over the features once, then decomposes.</summary>
    /// <param name="features">h, N x p.</param>
    public static TotalScatter Of(FeatureSet features)
    {
        var statistics = features.Statistics;
        var total = TotalCovariance.Of(features);
        var square = statistics.GlobalMean.square().sum().ToDouble() + total.diagonal().sum().ToDouble();
        var (values, vectors) = linalg.eigh(total);
        var moments = linalg.eigvalsh(total.add_(statistics.GlobalMean.outer(statistics.GlobalMean)));
        var kept = Kept(values, square);
        return new(values.index_select(0, kept), vectors.index_select(1, kept), moments.index_select(0, Kept(moments, square)));
    }

    /// <summary>Σ_T⁺ applied to vectors.</summary>
    /// <param name="rows">n x p.</param>
    public Tensor Inverse(Tensor rows) => rows.mm(Vectors).div(Values).mm(Vectors.t());

    /// <summary>(‖H‖_*/‖H‖_F)² of a matrix whose squared singular values these are; NaN where there is none.</summary>
    /// <param name="eigenvalues">Positive.</param>
    public static double NumericalRank(Tensor eigenvalues) => Math.Pow(eigenvalues.sqrt().sum().ToDouble(), 2) / eigenvalues.sum().ToDouble();

    /// <summary>Eigenvalues above the rounding of the decomposition, and above that of float32 features of the mean square length given.</summary>
    private static Tensor Kept(Tensor values, double square)
    {
        var rounding = values.shape[0] * Float64Rounding * values.max().ToDouble();
        var noise = MeanDirections.Float32Rounding * MeanDirections.Float32Rounding * square;
        return values.gt(Math.Max(rounding, noise)).nonzero().flatten();
    }
}
