using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics;

/// <summary>The directions in which class means differ: the thin singular value decomposition M = [μ_c − μ_G] = U S Vᵀ, cut where only rounding is left.</summary>
/// <param name="SingularValues">All of M's, falling.</param>
/// <param name="Rank">r, how many are more than rounding; at most C − 1.</param>
/// <param name="Whitening">U S⁻¹ of the leading r, p x r, float64: Tr(Σ_W Σ_B⁺)/C is the average of the squared length of (h − μ_c)ᵀ U S⁻¹.</param>
internal sealed record MeanDirections(double[] SingularValues, int Rank, Tensor Whitening)
{
    /// <summary>Relative rounding of float32, 2^-24.</summary>
    public const double Float32Rounding = 1.0 / (1 << 24);

    /// <summary>
    /// Decomposes. Features are float32, so each mean is known to 2^-24 of itself, and M as a whole, in the spectral norm, to 2^-24 of the means' Frobenius
    /// norm. Singular values below are rounding, and 1/S² of them would be all that a pseudo-inverse shows.
    /// </summary>
    /// <param name="means">μ_c, C x p, float64.</param>
    /// <param name="centredMeans">Mᵀ, C x p, float64.</param>
    /// <returns>The caller's dispose scope owns the tensor.</returns>
    public static MeanDirections Of(Tensor means, Tensor centredMeans)
    {
        var (_, s, directions) = linalg.svd(centredMeans, fullMatrices: false);
        var noise = Float32Rounding * means.norm().ToDouble();
        var rank = (int)Math.Min(s.gt(noise).sum().ToInt64(), means.shape[0] - 1);
        var whitening = directions.narrow(0, 0, rank).div(s.narrow(0, 0, rank).unsqueeze(1)).t();
        return new(s.cpu().data<double>().ToArray(), rank, whitening);
    }
}
