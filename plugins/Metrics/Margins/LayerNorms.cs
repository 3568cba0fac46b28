using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>How long a network's weights are.</summary>
/// <param name="Norms">ρ_k = ‖W_k‖_F of every linear and convolutional layer, in the order of the parameters, the head among them.</param>
/// <param name="Whole">‖θ‖₂ over all parameters.</param>
internal sealed record LayerNorms(double[] Norms, double Whole)
{
    /// <summary>ln Π_k ρ_k; the product itself leaves float64 in deep networks.</summary>
    public double LogProduct => Norms.Sum(Math.Log);

    /// <summary>Std_k(ρ_k²)/Avg_k(ρ_k²), with the K denominator.</summary>
    public double Imbalance
    {
        get
        {
            var squares = Norms.Select(norm => norm * norm).ToArray();
            var mean = squares.Average();
            return Math.Sqrt(squares.Average(s => (s - mean) * (s - mean))) / mean;
        }
    }

    /// <summary>Measures a network.</summary>
    /// <param name="network">The weights of linear and convolutional layers are what has two dimensions or more; biases and batch norm have one.</param>
    public static LayerNorms Of(nn.Module network)
    {
        using var scope = NewDisposeScope();
        var parameters = network.parameters().ToArray();
        return new([.. parameters.Where(p => p.dim() > 1).Select(Norm)], Math.Sqrt(parameters.Sum(p => Math.Pow(Norm(p), 2))));
    }

    private static double Norm(Tensor weight) => weight.to(ScalarType.Float64).norm().ToDouble();
}
