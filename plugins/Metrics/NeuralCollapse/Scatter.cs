using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse;

/// <summary>
/// What one walk over a split's features tells once the class means are known: how the features spread about them, and how often the nearest class centre would decide
/// otherwise. Each batch is widened to float64 once and meets one matrix product; no p x p matrix is formed.
/// </summary>
/// <param name="Directions">Those in which the means differ.</param>
/// <param name="Projected">Tr(Σ_W Σ_B⁺)/C; NaN where all means coincide.</param>
/// <param name="Variances">Ave_{i∈c} ‖h_i − μ_c‖² of each class.</param>
/// <param name="FeatureNorm">Ave_c Ave_{i∈c} ‖h_i‖.</param>
/// <param name="Disagreements">Images whose largest logit is not that of the nearest class mean of the training images.</param>
internal sealed record Scatter(MeanDirections Directions, double Projected, double[] Variances, double FeatureNorm, long Disagreements)
{
    /// <summary>Tr Σ_W.</summary>
    public double Within => Variances.Average();

    /// <summary>Tr Σ_B = ‖M‖_F²/C.</summary>
    public double Between => Directions.SingularValues.Sum(s => s * s) / Variances.Length;

    /// <summary>Walks.</summary>
    /// <param name="features">h, N x p.</param>
    /// <param name="train">Class means of the training images, which may be other images than these.</param>
    public static Scatter Of(FeatureSet features, ClassStatistics train)
    {
        var statistics = features.Statistics;
        var directions = MeanDirections.Of(statistics.Means, statistics.CentredMeans);
        var averages = new ClassAverages(statistics.Counts.Count, 3);
        long disagreements = 0;

        // With m_k the centred training means, ‖h − μ_k‖² = ‖h − μ_G‖² − 2 (h − μ_G)·m_k + ‖m_k‖², of which the first term is every class's, and
        // h − μ_G = (h − μ_c) + (μ_c − μ_G) with μ_c the mean of h's own class here. Deviations from near centres are multiplied, so that no large numbers cancel.
        var axes = cat([directions.Whitening.t(), train.CentredMeans]);
        var nearness = train.CentredMeans.mm(statistics.Means.sub(train.GlobalMean).t()).sub_(train.CentredMeans.square().sum(1, keepdim: true).div(2));
        features.ForEach(batch =>
        {
            var h = batch.Features.to(ScalarType.Float64);
            var norms = Lengths(h);
            var deviations = h.sub_(statistics.Means.index_select(0, batch.Labels));
            // One image a column: the few axes times the many images is the order in which libtorch's product of so thin a matrix is quick.
            var products = axes.mm(deviations.t());
            averages.Add(batch.Labels, products.narrow(0, 0, directions.Rank).square().sum([0]), Lengths(deviations).square(), norms);
            var nearest = products.narrow(0, directions.Rank, train.Counts.Count).add_(nearness.index_select(1, batch.Labels)).argmax(0);
            disagreements += nearest.ne(batch.Logits.argmax(1)).sum().ToInt64();
        });
        return new(directions, directions.Rank == 0 ? double.NaN : averages.Of(0).Average(), averages.Of(1), averages.Of(2).Average(), disagreements);
    }

    private static Tensor Lengths(Tensor rows) => linalg.vector_norm(rows, 2, [1]);
}
