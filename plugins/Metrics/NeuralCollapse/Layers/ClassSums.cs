using static TorchSharp.torch;

namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>Sums of rows, class by class: a product with a matrix of zeros and ones, whose order of summation does not hang on a GPU's threads.</summary>
internal sealed class ClassSums
{
    private readonly Tensor sums;
    private readonly Tensor identity;
    private readonly long[] counts;

    /// <summary>None so far. The caller's dispose scope owns the tensors.</summary>
    /// <param name="classes">C.</param>
    /// <param name="dimension">p.</param>
    /// <param name="device">Where the rows are.</param>
    public ClassSums(int classes, long dimension, Device device)
    {
        counts = new long[classes];
        sums = zeros(classes, dimension, ScalarType.Float64, device).DetachFromDisposeScope();
        identity = eye(classes, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();
    }

    /// <summary>Rows so far.</summary>
    public long Count => counts.Sum();

    /// <summary>Adds rows.</summary>
    /// <param name="rows">n x p, float64.</param>
    /// <param name="labels">n, int64.</param>
    public void Add(Tensor rows, Tensor labels)
    {
        sums.add_(identity.index_select(1, labels).mm(rows));
        foreach (var label in labels.cpu().data<long>()) counts[label]++;
    }

    /// <summary>The class means, C x p. The caller's dispose scope owns them.</summary>
    public Tensor Means() => sums.div(tensor(counts.Select(n => (double)n).ToArray(), ScalarType.Float64, sums.device).unsqueeze(1));
}
