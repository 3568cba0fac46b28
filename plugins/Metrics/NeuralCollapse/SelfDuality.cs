using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC3: classifier and class means become one another's duals, up to scale.</summary>
internal static class SelfDuality
{
    public static readonly Quantity Quantity = new()
    {
        Name = "self-duality",
        Title = "Distance of classifier and class means",
        Formula = "‖Wᵀ/‖W‖_F − M/‖M‖_F‖_F², M = [μ_c − μ_G], W not centred; 0 to 4",
        Source = Paper.Figure(5),
        Direction = Direction.LowerIsCollapsed,
        Figure = new(5, "NC3: the classifier converges to the class means"),
    };

    /// <summary>Reports it; NaN where all means coincide.</summary>
    /// <param name="centredMeans">Mᵀ, C x p, float64.</param>
    /// <param name="weight">W, C x p, float64.</param>
    /// <param name="split">The images the means are of.</param>
    /// <param name="sink">Receives it.</param>
    public static void Measure(Tensor centredMeans, Tensor weight, Split split, IMeasurementSink sink) =>
        sink.Scalar(Quantity, split, Unit(weight).sub(Unit(centredMeans)).square().sum().ToDouble());

    private static Tensor Unit(Tensor matrix) => matrix.div(matrix.norm());
}
