using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>G = Jᵀ S J and its parts, by products.</summary>
/// <param name="jacobian">J.</param>
/// <param name="curvature">S.</param>
internal sealed class GaussNewton(IJacobian jacobian, LogitCurvature curvature)
{
    /// <summary>J.</summary>
    public IJacobian Jacobian => jacobian;

    /// <summary>A sum of parts of G times a vector.</summary>
    /// <param name="direction">v, P.</param>
    /// <param name="parts">Which parts.</param>
    /// <returns>P, float64. The caller's dispose scope owns it.</returns>
    public Tensor Product(Tensor direction, Parts parts)
    {
        using var scope = NewDisposeScope();
        return jacobian.Transposed(curvature.Apply(jacobian.Apply(direction), parts)).MoveToOuterDisposeScope();
    }

    /// <summary>vᵀ G_part v of every part, for the price of one product with J.</summary>
    /// <param name="direction">v, P.</param>
    public PartValues Energies(Tensor direction)
    {
        using var scope = NewDisposeScope();
        return curvature.Energies(jacobian.Apply(direction));
    }
}
