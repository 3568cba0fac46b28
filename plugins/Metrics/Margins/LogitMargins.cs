using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>What a split's logits come to, image by image: float64, on the processor, in the images' order.</summary>
/// <param name="Margins">z_y − max_(c≠y) z_c, N; negative where misclassified.</param>
/// <param name="Others">s = ln Σ_(c≠y) exp(z_c − z_y), N: the cross-entropy is ln(1 + eˢ).</param>
internal sealed record LogitMargins(Tensor Margins, Tensor Others)
{
    /// <summary>Walks over the features once. Logits are W h + b in float64: those of the network are float32, and their gaps cancel.</summary>
    /// <param name="features">h with labels.</param>
    /// <param name="head">W and b.</param>
    /// <returns>The caller's dispose scope owns the tensors.</returns>
    public static LogitMargins Of(FeatureSet features, LinearHead head)
    {
        var margins = new List<double>((int)features.Count);
        var others = new List<double>((int)features.Count);
        features.ForEach(batch =>
        {
            var logits = batch.Features.to(ScalarType.Float64).mm(head.Weight.t()).add_(head.Bias);
            var gaps = Gaps(logits, batch.Labels);
            margins.AddRange(gaps.amax([1]).neg().cpu().data<double>().ToArray());
            others.AddRange(gaps.logsumexp(1).cpu().data<double>().ToArray());
        });
        return new(tensor(margins.ToArray()), tensor(others.ToArray()));
    }

    /// <summary>z_c − z_y, and −∞ where c = y.</summary>
    /// <param name="logits">z, n x C, float64.</param>
    /// <param name="labels">y, n, int64.</param>
    /// <returns>n x C. The caller's dispose scope owns it.</returns>
    public static Tensor Gaps(Tensor logits, Tensor labels)
    {
        var label = labels.unsqueeze(1);
        return logits.sub(logits.gather(1, label)).scatter_(1, label, full_like(label, double.NegativeInfinity, ScalarType.Float64));
    }
}
