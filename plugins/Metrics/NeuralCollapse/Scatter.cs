using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>What one walk over a split's features tells of their spread, once the class means are known. No p x p matrix is formed.</summary>
/// <param name="Directions">Those in which the means differ.</param>
/// <param name="Projected">Tr(Σ_W Σ_B⁺)/C; NaN where all means coincide.</param>
/// <param name="Variances">Ave_{i∈c} ‖h_i − μ_c‖² of each class.</param>
/// <param name="FeatureNorm">Ave_c Ave_{i∈c} ‖h_i‖.</param>
internal sealed record Scatter(MeanDirections Directions, double Projected, double[] Variances, double FeatureNorm)
{
    /// <summary>Tr Σ_W.</summary>
    public double Within => Variances.Average();

    /// <summary>Tr Σ_B = ‖M‖_F²/C.</summary>
    public double Between => Directions.SingularValues.Sum(s => s * s) / Variances.Length;

    /// <summary>Walks.</summary>
    /// <param name="features">h, N x p.</param>
    public static Scatter Of(FeatureSet features)
    {
        var statistics = features.Statistics;
        var directions = MeanDirections.Of(statistics.Means, statistics.CentredMeans);
        var averages = new ClassAverages(statistics.Counts.Count, 3);
        features.ForEach(batch =>
        {
            var h = batch.Features.to(ScalarType.Float64);
            var norms = h.square().sum(1).sqrt();
            var deviations = h.sub_(statistics.Means.index_select(0, batch.Labels));
            averages.Add(batch.Labels, deviations.mm(directions.Whitening).square().sum(1), deviations.square().sum(1), norms);
        });
        return new(directions, directions.Rank == 0 ? double.NaN : averages.Of(0).Average(), averages.Of(1), averages.Of(2).Average());
    }
}
