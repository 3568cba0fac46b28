using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>The directions in which training features vary most, and what share of a feature vector's length lies within them.</summary>
/// <param name="Offset">Subtracted from h, p, float64.</param>
/// <param name="Scale">What h is divided by after that, p, float64.</param>
/// <param name="Directions">U, p x d, orthonormal, float64.</param>
internal sealed record PrincipalSubspace(Tensor Offset, Tensor Scale, Tensor Directions)
{
    /// <summary>The d leading principal directions of h, which is taken as it is.</summary>
    /// <param name="covariance">Σ_T of the training features, p x p, float64.</param>
    /// <param name="dimension">d, at most p.</param>
    /// <returns>The caller's dispose scope owns the tensors.</returns>
    public static PrincipalSubspace Of(Tensor covariance, int dimension)
    {
        var none = zeros(covariance.shape[0], ScalarType.Float64, covariance.device);
        return new(none, ones_like(none), Leading(covariance, dimension));
    }

    /// <summary>The d leading principal directions of standardised h: less its mean, each coordinate divided by its deviation where that is not 0.</summary>
    /// <param name="mean">μ_G of the training features, p, float64.</param>
    /// <param name="covariance">Σ_T of the training features, p x p, float64.</param>
    /// <param name="dimension">d, at most p.</param>
    /// <returns>The caller's dispose scope owns the tensors.</returns>
    public static PrincipalSubspace Standardised(Tensor mean, Tensor covariance, int dimension)
    {
        var deviation = covariance.diagonal().clamp_min(0).sqrt();
        var scale = where(deviation.gt(0), deviation, ones_like(deviation));
        return new(mean, scale, Leading(covariance.div(scale.outer(scale)), dimension));
    }

    /// <summary>‖Uᵀx‖/‖x‖, x = (h − offset)/scale; 0 where x is 0.</summary>
    /// <param name="features">h, n x p, float64.</param>
    /// <returns>n. The caller's dispose scope owns it.</returns>
    public Tensor Share(Tensor features)
    {
        var x = features.sub(Offset).div_(Scale);
        var length = x.square().sum(1).sqrt();
        return x.mm(Directions).square().sum(1).sqrt().div_(where(length.gt(0), length, ones_like(length)));
    }

    // Eigenvalues rise.
    private static Tensor Leading(Tensor covariance, int dimension)
    {
        var (_, vectors) = linalg.eigh(covariance);
        return vectors.narrow(1, vectors.shape[1] - dimension, dimension);
    }
}
