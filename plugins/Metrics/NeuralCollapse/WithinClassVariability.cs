using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC1, variability collapse, in the forms the field knows.</summary>
/// <remarks>
/// With the thin decomposition M = U S Vᵀ of the centred means, Σ_B = M Mᵀ/C has the pseudo-inverse C U S⁻² Uᵀ, so
/// Tr(Σ_W Σ_B⁺)/C = Ave_c Ave_{i in c} ‖S⁻¹ Uᵀ (h_i - μ_c)‖²: deviations projected on the r directions in which the means differ.
/// </remarks>
internal static class WithinClassVariability
{
    private static readonly Figure Figure = new(6, "NC1: within-class variability collapses");

    public static readonly Quantity Nc1 = new()
    {
        Name = "nc1",
        Title = "Within-class variability",
        Formula = "Tr(Σ_W Σ_B⁺)/C = Ave_c Ave_{i∈c} ‖S⁻¹Uᵀ(h_i − μ_c)‖², M = [μ_c − μ_G] = U S Vᵀ, the leading r singular values; NaN where r = 0",
        Source = Papers.Figure(6),
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
        Figure = Figure,
    };

    public static readonly Quantity Undivided = new()
    {
        Name = "nc1.undivided",
        Title = "Within-class variability, not divided by C",
        Formula = "Tr(Σ_W Σ_B⁺)",
        Source = Papers.Variant(6, "as the authors' code and those after it compute it"),
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Rank = new()
    {
        Name = "nc1.rank",
        Title = "Rank of the class means",
        Formula = "r = #{S_j > 2⁻²⁴ √(Σ_c ‖μ_c‖²)}, at most C − 1: singular values of M above the rounding of float32 features",
        Source = Papers.Variant(6, "the directions its pseudo-inverse keeps"),
    };

    public static readonly Quantity TraceRatio = new()
    {
        Name = "trace-ratio",
        Title = "Within-class over between-class scatter",
        Formula = "Tr Σ_W / Tr Σ_B",
        Source = "NC1 without the inverse, which needs no rank",
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
    };

    public static readonly Quantity Cdnv = new()
    {
        Name = "cdnv",
        Title = "Class-distance normalised variance",
        Formula = "Ave_(c≠c′) (Var_c + Var_c′)/(2 ‖μ_c − μ_c′‖²), Var_c = Ave_{i∈c} ‖h_i − μ_c‖²",
        Source = Papers.Galanti,
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
        Figure = new(11, "NC1: class-distance normalised variance"),
    };

    public static readonly Quantity MeansRank = new()
    {
        Name = "numerical-rank.means",
        Title = "Numerical rank of the class means",
        Formula = "(‖M‖_*/‖M‖_F)² = (Σ_j S_j)²/Σ_j S_j², M = [μ_c − μ_G]; C − 1 where the means form a simplex",
        Source = "The squared ratio of nuclear and Frobenius norm, which needs no threshold",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Quantity> Quantities { get; } = [Nc1, Undivided, Rank, MeansRank, TraceRatio, Cdnv];

    /// <summary>Reports them all.</summary>
    /// <param name="walk">What the split's features tell.</param>
    /// <param name="centredMeans">Mᵀ, C x p, float64.</param>
    /// <param name="split">The images they are of.</param>
    /// <param name="sink">Receives them.</param>
    public static void Measure(Scatter walk, Tensor centredMeans, Split split, IMeasurementSink sink)
    {
        sink.Scalar(Nc1, split, walk.Projected);
        sink.Scalar(Undivided, split, walk.Projected * walk.Variances.Length);
        sink.Scalar(Rank, split, walk.Directions.Rank);
        sink.Scalar(MeansRank, split, NumericalRank(walk.Directions.SingularValues));
        sink.Scalar(TraceRatio, split, walk.Within / walk.Between);
        sink.Scalar(Cdnv, split, NormalisedVariance(walk.Variances, centredMeans));
    }

    private static double NumericalRank(double[] singularValues) => Math.Pow(singularValues.Sum(), 2) / singularValues.Sum(s => s * s);

    private static double NormalisedVariance(double[] variances, Tensor centredMeans)
    {
        var gram = centredMeans.mm(centredMeans.t());
        var squares = gram.diagonal();
        var distances = squares.unsqueeze(0).add(squares.unsqueeze(1)).sub_(gram.mul(2));
        var spread = tensor(variances, ScalarType.Float64, centredMeans.device);
        var ratios = spread.unsqueeze(0).add(spread.unsqueeze(1)).div_(distances.mul(2));
        return ratios.masked_select(eye(variances.Length, dtype: ScalarType.Bool, device: centredMeans.device).logical_not()).mean().ToDouble();
    }
}
