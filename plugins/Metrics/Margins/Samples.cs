using static TorchSharp.torch;

namespace Harness.Metrics.Margins;

/// <summary>Last-layer features as a solver on the processor takes them.</summary>
/// <param name="Rows">x, N rows of p.</param>
/// <param name="Labels">y, N.</param>
internal sealed record Samples(double[][] Rows, int[] Labels)
{
    /// <summary>Dimension p.</summary>
    public int Dimension => Rows[0].Length;

    /// <summary>Some of a split's features, in their stored order.</summary>
    /// <param name="features">h with labels.</param>
    /// <param name="most">How many; all where there are no more.</param>
    /// <param name="constant">Whether x = (h, 1), as gradient descent sees a head with a bias, rather than h.</param>
    /// <param name="seed">Which.</param>
    public static Samples Of(FeatureSet features, int most, bool constant, Seed seed)
    {
        var chosen = new bool[features.Count];
        foreach (var i in seed.Random().Permutation(chosen.Length).Take(most)) chosen[i] = true;
        var rows = new List<double[]>();
        var labels = new List<int>();
        var dimension = (int)features.Dimension;
        var first = 0;
        features.ForEach(batch =>
        {
            var count = (int)batch.Labels.shape[0];
            int[] wanted = [.. Enumerable.Range(0, count).Where(i => chosen[first + i])];
            first += count;
            if (wanted.Length == 0) return;
            var index = tensor(wanted.Select(i => (long)i).ToArray(), device: batch.Labels.device);
            labels.AddRange(batch.Labels.index_select(0, index).cpu().data<long>().Select(label => (int)label));
            var values = batch.Features.index_select(0, index).to(ScalarType.Float64).cpu().data<double>().ToArray();
            rows.AddRange(values.Chunk(dimension).Select(row => constant ? [.. row, 1.0] : row));
        });
        return new([.. rows], [.. labels]);
    }

    /// <summary>Those that are marked.</summary>
    /// <param name="marked">N of them.</param>
    public Samples Only(bool[] marked) => new([.. Rows.Where((_, i) => marked[i])], [.. Labels.Where((_, i) => marked[i])]);

    /// <summary>The mean cross-entropy of a head, in nats.</summary>
    /// <param name="weight">C rows of p.</param>
    public double Loss(double[][] weight)
    {
        using var scope = NewDisposeScope();
        var x = tensor(Rows.SelectMany(row => row).ToArray(), ScalarType.Float64).view(Rows.Length, -1);
        var w = tensor(weight.SelectMany(row => row).ToArray(), ScalarType.Float64).view(weight.Length, -1);
        var others = LogitMargins.Gaps(x.mm(w.t()), tensor(Labels.Select(label => (long)label).ToArray())).logsumexp(1);
        return others.logaddexp(zeros_like(others)).mean().item<double>();
    }

    /// <summary>The least margin of a head, min_i (w_y − max_(c≠y) w_c)·x.</summary>
    /// <param name="weight">C rows of p.</param>
    public double SmallestMargin(double[][] weight)
    {
        var least = double.PositiveInfinity;
        for (var i = 0; i < Rows.Length; i++)
        {
            var other = double.NegativeInfinity;
            for (var c = 0; c < weight.Length; c++)
            {
                if (c != Labels[i]) other = Math.Max(other, Vectors.Dot(weight[c], Rows[i]));
            }
            least = Math.Min(least, Vectors.Dot(weight[Labels[i]], Rows[i]) - other);
        }
        return least;
    }
}
