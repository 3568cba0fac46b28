using static TorchSharp.torch;

namespace Harness.Metrics.Spectrum;

/// <summary>Some of a split's features in float64.</summary>
/// <param name="Values">h, N x p, float64.</param>
/// <param name="Labels">N, int64.</param>
internal sealed record Features(Tensor Values, Tensor Labels)
{
    /// <summary>Draws images and keeps their features, in two walks. The caller's dispose scope owns the tensors.</summary>
    /// <param name="features">The split.</param>
    /// <param name="count">How many images, of every class as many as there are.</param>
    /// <param name="seed">Where they come from.</param>
    public static Features Of(FeatureSet features, int count, Seed seed)
    {
        var labels = new List<int>((int)features.Count);
        features.ForEach(batch => labels.AddRange(batch.Labels.cpu().data<long>().ToArray().Select(label => (int)label)));
        var chosen = Sample.Balanced(labels, count, seed).Order().ToArray();
        var (values, start, taken) = (new List<Tensor>(), 0, 0);
        features.ForEach(batch =>
        {
            var size = (int)batch.Labels.shape[0];
            var rows = chosen.Skip(taken).TakeWhile(i => i < start + size).Select(i => (long)(i - start)).ToArray();
            if (rows.Length > 0)
            {
                var index = tensor(rows, ScalarType.Int64, batch.Features.device);
                values.Add(batch.Features.index_select(0, index).to(ScalarType.Float64).MoveToOuterDisposeScope());
            }
            (start, taken) = (start + size, taken + rows.Length);
        });
        var all = cat(values);
        return new(all, tensor(chosen.Select(i => (long)labels[i]).ToArray(), ScalarType.Int64, all.device));
    }
}
