using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Features, logits and labels held on the device: what a <see cref="FeaturePass"/> gives, or tensors from elsewhere.</summary>
public sealed class CollectedFeatures : FeatureSet, IDisposable
{
    // A batch in float64 is 2 MB on a processor, so that what is made of it stays in a core's cache, and 16 MB on a GPU, where that hides the launches.
    private const long BatchElementsOnProcessor = 1 << 18;
    private const long BatchElementsOnDevice = 1 << 21;

    private readonly Tensor features;
    private readonly Tensor logits;
    private readonly Tensor labels;
    private ClassStatistics? statistics;

    /// <summary>Takes over the tensors, out of any dispose scope; disposed with this object.</summary>
    /// <param name="features">h, N x p, float32.</param>
    /// <param name="logits">N x C, float32, on the same device.</param>
    /// <param name="labels">N, int64, in [0, C), on the same device.</param>
    /// <exception cref="ArgumentException">Shapes or types are not these, or there is no image.</exception>
    public CollectedFeatures(Tensor features, Tensor logits, Tensor labels)
    {
        Require(
            features.dim() == 2 && features.shape[0] > 0 && features.dtype == ScalarType.Float32, features, "N x p of float32, N at least 1", nameof(features));
        var count = features.shape[0];
        Require(logits.dim() == 2 && logits.shape[0] == count && logits.dtype == ScalarType.Float32, logits, $"{count} x C of float32", nameof(logits));
        Require(labels.dim() == 1 && labels.shape[0] == count && labels.dtype == ScalarType.Int64, labels, $"{count} of int64", nameof(labels));
        this.features = features.DetachFromDisposeScope();
        this.logits = logits.DetachFromDisposeScope();
        this.labels = labels.DetachFromDisposeScope();
    }

    /// <summary>h of all images, N x p, float32; stays this object's.</summary>
    public Tensor Features => features;

    /// <summary>Their labels, N, int64; stay this object's.</summary>
    public Tensor Labels => labels;

    /// <inheritdoc/>
    public override long Count => features.shape[0];

    /// <inheritdoc/>
    public override long Dimension => features.shape[1];

    /// <summary>Number of classes C: a logit for each.</summary>
    public int Classes => (int)logits.shape[1];

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A class has no image, or a label is outside [0, C).</exception>
    public override ClassStatistics Statistics => statistics ??= ClassMeans.Of(features, labels, Classes);

    /// <summary>Number of images whose largest logit is not their label's.</summary>
    public long Errors
    {
        get
        {
            using var scope = NewDisposeScope();
            return logits.argmax(1).ne(labels).sum().ToInt64();
        }
    }

    /// <inheritdoc/>
    public override void ForEach(Action<FeatureBatch> visit)
    {
        using var noGradients = no_grad();
        var elements = features.device.type == DeviceType.CPU ? BatchElementsOnProcessor : BatchElementsOnDevice;
        var rows = Math.Max(1, elements / Math.Max(1, Dimension));
        for (long start = 0; start < Count; start += rows)
        {
            using var scope = NewDisposeScope();
            var n = Math.Min(rows, Count - start);
            visit(new(features.narrow(0, start, n), logits.narrow(0, start, n), labels.narrow(0, start, n)));
        }
    }

    /// <summary>Frees features, logits, labels and statistics.</summary>
    public void Dispose()
    {
        features.Dispose();
        logits.Dispose();
        labels.Dispose();
        statistics?.Means.Dispose();
        statistics?.GlobalMean.Dispose();
        statistics?.CentredMeans.Dispose();
    }

    private static void Require(bool holds, Tensor tensor, string wanted, string name)
    {
        if (!holds) throw new ArgumentException($"{name} are {string.Join(" x ", tensor.shape)} of {tensor.dtype}; they must be {wanted}.", name);
    }
}
