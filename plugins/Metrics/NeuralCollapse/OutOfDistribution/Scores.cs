using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>How much each image looks like one of the classes, by four measures: higher is more so.</summary>
/// <param name="Neco">‖P h‖/‖h‖.</param>
/// <param name="Standardised">The same of standardised features.</param>
/// <param name="MaxSoftmax">−ln Σ_(c≠k) exp(z_c − z_k), k the largest: ordered as the largest probability is, which rounds to 1 in collapsed networks.</param>
/// <param name="MaxLogit">max_c z_c.</param>
internal sealed record Scores(double[] Neco, double[] Standardised, double[] MaxSoftmax, double[] MaxLogit)
{
    /// <summary>Walks over the features once.</summary>
    /// <param name="features">h with logits.</param>
    /// <param name="plain">Of features as they are.</param>
    /// <param name="standardised">Of standardised features.</param>
    public static Scores Of(FeatureSet features, PrincipalSubspace plain, PrincipalSubspace standardised)
    {
        var columns = Enumerable.Range(0, 4).Select(_ => new List<double>((int)features.Count)).ToArray();
        features.ForEach(batch =>
        {
            var h = batch.Features.to(ScalarType.Float64);
            var logits = batch.Logits.to(ScalarType.Float64);
            var (largest, winner) = logits.max(1, keepdim: true);
            var others = logits.sub(largest).scatter_(1, winner, full_like(winner, double.NegativeInfinity, ScalarType.Float64)).logsumexp(1);
            foreach (var (column, scores) in columns.Zip([plain.Share(h), standardised.Share(h), others.neg(), largest.squeeze(1)]))
                column.AddRange(scores.cpu().data<double>().ToArray());
        });
        return new([.. columns[0]], [.. columns[1]], [.. columns[2]], [.. columns[3]]);
    }
}
