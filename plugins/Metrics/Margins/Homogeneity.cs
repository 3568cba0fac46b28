using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>
/// Whether f(x; aθ) = aᴸ f(x; θ), found by trying a = 2 and a = ½: powers of two scale floats without rounding, so that a homogeneous network of any depth
/// keeps the law to the last bits, and one with biases or batch norm misses it by far.
/// </summary>
/// <param name="Degree">L, the average of log₂ of the ratio of the logits' norms at both steps; of no meaning where not homogeneous.</param>
/// <param name="Misfit">The larger of ‖f(aθ) − aᴸ f(θ)‖/‖f(aθ)‖ at both steps.</param>
internal sealed record Homogeneity(double Degree, double Misfit)
{
    /// <summary>What rounding may cost where a device sums in another order.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Whether the law holds, with a degree above 0.</summary>
    public bool Holds => Misfit <= Tolerance && Degree > 0.5;

    /// <summary>Tries it. The parameters are scaled in place, and afterwards are as they were to the bit.</summary>
    /// <param name="network">In eval mode.</param>
    /// <param name="pixels">Some images.</param>
    public static Homogeneity Of(ITrainedNetwork network, Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var parameters = network.Classifier.parameters().ToArray();
        var saved = parameters.Select(p => p.clone()).ToArray();
        try
        {
            var logits = Logits();
            var (doubled, halved) = (Scaled(2), Scaled(0.5));
            var degree = (Log2(doubled, logits) - Log2(halved, logits)) / 2;
            return new(degree, Math.Max(Distance(doubled, logits.mul(Math.Pow(2, degree))), Distance(halved, logits.mul(Math.Pow(2, -degree)))));
        }
        finally
        {
            foreach (var (parameter, value) in parameters.Zip(saved)) parameter.copy_(value);
        }

        Tensor Logits() => network.Logits(pixels).to(ScalarType.Float64);

        Tensor Scaled(double factor)
        {
            foreach (var (parameter, value) in parameters.Zip(saved)) parameter.copy_(value).mul_(factor);
            return Logits();
        }
    }

    private static double Log2(Tensor scaled, Tensor logits) => Math.Log2(scaled.norm().ToDouble() / logits.norm().ToDouble());

    // A NaN, of logits that are all 0 or overflow, is a misfit too, and not within any tolerance.
    private static double Distance(Tensor scaled, Tensor expected) => scaled.sub(expected).norm().ToDouble() / scaled.norm().ToDouble();
}
