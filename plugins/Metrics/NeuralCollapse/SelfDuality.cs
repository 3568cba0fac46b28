using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC3: classifier and class means become one another's duals, up to scale.</summary>
internal static class SelfDuality
{
    public static readonly Quantity Uncentred = new()
    {
        Name = "self-duality",
        Title = "Distance of classifier and class means",
        Formula = "‖Wᵀ/‖W‖_F − M/‖M‖_F‖_F², M = [μ_c − μ_G], W not centred; 0 to 4",
        Source = Papers.Figure(5),
        Direction = Direction.LowerIsCollapsed,
        Figure = new(5, "NC3: the classifier converges to the class means"),
    };

    public static readonly Quantity Centred = new()
    {
        Name = "self-duality.centred",
        Title = "Distance of centred classifier and class means",
        Formula = "‖Vᵀ/‖V‖_F − M/‖M‖_F‖_F², v_c = w_c − Ave_c′ w_c′, M = [μ_c − μ_G]; 0 to 4",
        Source = Papers.Variant(5, "with W centred, as some peers do"),
        Direction = Direction.LowerIsCollapsed,
    };

    public static readonly Quantity Simplex = new()
    {
        Name = "simplex.duality",
        Title = "Distance of W M from a simplex",
        Formula = "‖W M/‖W M‖_F − (I − 1 1ᵀ/C)/√(C − 1)‖_F, M = [μ_c − μ_G]",
        Source = $"{Papers.Zhu}, their NC3",
        Direction = Direction.LowerIsCollapsed,
    };

    public static readonly Quantity Bias = new()
    {
        Name = "bias-collapse",
        Title = "Bias collapse",
        Formula = "‖W μ_G + b‖: the logits of the global mean",
        Source = $"{Papers.Zhu}, their collapse of the bias",
        Unit = "logits",
        Direction = Direction.LowerIsCollapsed,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> Quantities { get; } = [Uncentred, Centred, Simplex, Bias];

    /// <summary>Reports them; NaN where all means coincide, but for the bias.</summary>
    /// <param name="statistics">Class means.</param>
    /// <param name="head">The last layer.</param>
    /// <param name="split">The images the means are of.</param>
    /// <param name="sink">Receives them.</param>
    public static void Measure(ClassStatistics statistics, LinearHead head, Split split, IMeasurementSink sink)
    {
        var means = statistics.CentredMeans;
        sink.Scalar(Uncentred, split, Distance(head.Weight, means));
        sink.Scalar(Centred, split, Distance(head.Weight.sub(head.Weight.mean([0], keepdim: true)), means));
        sink.Scalar(Simplex, split, SimplexGeometry.FromSimplex(head.Weight.mm(means.t())));
        sink.Scalar(Bias, split, head.Weight.mv(statistics.GlobalMean).add(head.Bias).norm().ToDouble());
    }

    private static double Distance(Tensor weight, Tensor means) => weight.div(weight.norm()).sub(means.div(means.norm())).square().sum().ToDouble();
}
