using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>NC1, variability collapse: Tr(Σ_W Σ_B⁺)/C, without ever forming a p x p matrix.</summary>
/// <remarks>
/// With the thin decomposition M = U S Vᵀ of the centred means, Σ_B = M Mᵀ/C has the pseudo-inverse C U S⁻² Uᵀ, so
/// Tr(Σ_W Σ_B⁺)/C = Ave_c Ave_{i in c} ‖S⁻¹ Uᵀ (h_i - μ_c)‖²: deviations projected on the r directions in which the means differ.
/// </remarks>
internal static class WithinClassVariability
{
    /// <summary>Relative rounding of float32, 2^-24.</summary>
    private const double Float32Rounding = 1.0 / (1 << 24);

    private static readonly Figure Figure = new(6, "NC1: within-class variability collapses");

    public static readonly Quantity Nc1 = new()
    {
        Name = "nc1",
        Title = "Within-class variability",
        Formula = "Tr(Σ_W Σ_B⁺)/C = Ave_c Ave_{i∈c} ‖S⁻¹Uᵀ(h_i − μ_c)‖², M = [μ_c − μ_G] = U S Vᵀ, the leading r singular values; NaN where r = 0",
        Source = Paper.Figure(6),
        Direction = Direction.LowerIsCollapsed,
        Scale = AxisScale.Log,
        Figure = Figure,
    };

    public static readonly Quantity Rank = new()
    {
        Name = "nc1.rank",
        Title = "Numerical rank of the class means",
        Formula = "r = #{S_j > 2⁻²⁴ √(Σ_c ‖μ_c‖²)}, at most C − 1: singular values of M above the rounding of float32 features",
        Source = Paper.Figure(6) + ": the directions its pseudo-inverse keeps",
    };

    /// <summary>Reports NC1 and the rank it was taken at.</summary>
    /// <param name="features">h, N x p.</param>
    /// <param name="split">The images they are of.</param>
    /// <param name="sink">Receives both.</param>
    public static void Measure(FeatureSet features, Split split, IMeasurementSink sink)
    {
        var statistics = features.Statistics;
        var (_, s, directions) = linalg.svd(statistics.CentredMeans, fullMatrices: false);
        var rank = NumericalRank(s, statistics);
        sink.Scalar(Rank, split, rank);
        sink.Scalar(Nc1, split, rank == 0 ? double.NaN : Variability(features, s.narrow(0, 0, rank), directions.narrow(0, 0, rank)));
    }

    /// <summary>
    /// How many singular values are more than noise. Features are float32, so each mean is known to 2^-24 of itself, and M as a whole, in the spectral norm, to
    /// 2^-24 of the means' Frobenius norm. What lies below is rounding, and 1/S² of it would be all that NC1 shows.
    /// </summary>
    private static int NumericalRank(Tensor s, ClassStatistics statistics)
    {
        var noise = Float32Rounding * statistics.Means.norm().ToDouble();
        return (int)Math.Min(s.gt(noise).sum().ToInt64(), statistics.Counts.Count - 1);
    }

    private static double Variability(FeatureSet features, Tensor s, Tensor directions)
    {
        var statistics = features.Statistics;
        var whitening = directions.div(s.unsqueeze(1)).t().contiguous();
        var centres = statistics.Means.mm(whitening);
        var weights = tensor(statistics.Counts.Select(n => 1.0 / (n * statistics.Counts.Count)).ToArray(), ScalarType.Float64, s.device);
        var total = zeros([], ScalarType.Float64, s.device);
        features.ForEach(batch =>
        {
            // The difference of projections is the projection of the difference: r instead of p numbers an image. What cancels is 2^-53 of a feature,
            // far below the 2^-24 to which float32 features are known.
            var deviations = batch.Features.to(ScalarType.Float64).mm(whitening).sub_(centres.index_select(0, batch.Labels));
            var squares = deviations.square().sum(1);
            total.add_(squares.dot(weights.index_select(0, batch.Labels)));
        });
        return total.ToDouble();
    }
}
