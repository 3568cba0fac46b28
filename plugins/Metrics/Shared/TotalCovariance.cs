using static TorchSharp.torch;

namespace Harness.Metrics;

/// <summary>Σ_T = Σ_B + Σ_W, p x p in float64.</summary>
internal static class TotalCovariance
{
    /// <summary>Walks over the features once. Averages are first within a class: an image of class c weighs 1/(C n_c).</summary>
    /// <param name="features">h, N x p.</param>
    /// <returns>p x p. The caller's dispose scope owns it.</returns>
    public static Tensor Of(FeatureSet features)
    {
        var statistics = features.Statistics;
        var classes = statistics.Counts.Count;
        var weights = tensor(statistics.Counts.Select(n => Math.Sqrt(1.0 / (n * classes))).ToArray(), ScalarType.Float64, statistics.Means.device);
        var total = statistics.CentredMeans.t().mm(statistics.CentredMeans).div_(classes);
        features.ForEach(batch =>
        {
            var rows = batch.Features.to(ScalarType.Float64).sub_(statistics.Means.index_select(0, batch.Labels));
            rows.mul_(weights.index_select(0, batch.Labels).unsqueeze(1));
            total.addmm_(rows.t(), rows);
        });
        return total;
    }
}
