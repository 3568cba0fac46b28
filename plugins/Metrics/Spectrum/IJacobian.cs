using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>J = ∂z/∂θ of the logits of N images by P weights, known by its products.</summary>
internal interface IJacobian
{
    /// <summary>P.</summary>
    long Dimension { get; }

    /// <summary>The precision of its products, in which vectors are kept.</summary>
    ScalarType Precision { get; }

    /// <summary>Where vectors live.</summary>
    Device Device { get; }

    /// <summary>J v.</summary>
    /// <param name="direction">v, P, of <see cref="Precision"/>.</param>
    /// <returns>N x C, float64. The caller's dispose scope owns it.</returns>
    Tensor Apply(Tensor direction);

    /// <summary>Jᵀ s.</summary>
    /// <param name="slopes">s, N x C, float64.</param>
    /// <returns>P, float64. The caller's dispose scope owns it.</returns>
    Tensor Transposed(Tensor slopes);
}
