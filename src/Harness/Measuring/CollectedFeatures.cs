using TorchSharp;
using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Features, logits and labels of a set: what a <see cref="FeaturePass"/> gives, or tensors from elsewhere. Where they take much, the device sees a batch at a time.</summary>
public sealed class CollectedFeatures : FeatureSet, IDisposable
{
    // A batch in float64 is 2 MB on a processor, so that what is made of it stays in a core's cache, and 16 MB on a GPU, where that hides the launches.
    private const long BatchElementsOnProcessor = 1 << 18;
    private const long BatchElementsOnDevice = 1 << 21;

    private readonly FeatureStore store;
    private readonly Tensor labels;
    private ClassStatistics? statistics;
    private long? errors;

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
        store = new ResidentFeatures(features, logits);
        this.labels = labels.DetachFromDisposeScope();
    }

    /// <summary>Takes over what is kept.</summary>
    /// <param name="store">Features and logits.</param>
    /// <param name="labels">N, int64, on the store's device.</param>
    internal CollectedFeatures(FeatureStore store, Tensor labels) => (this.store, this.labels) = (store, labels.DetachFromDisposeScope());

    /// <summary>Their labels, N, int64; stay this object's.</summary>
    public Tensor Labels => labels;

    /// <inheritdoc/>
    public override long Count => store.Count;

    /// <inheritdoc/>
    public override long Dimension => store.Dimension;

    /// <summary>Number of classes C: a logit for each.</summary>
    public int Classes => (int)store.Classes;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">A class has no image, or a label is outside [0, C).</exception>
    public override ClassStatistics Statistics => statistics ??= ClassMeans.Of(store, labels);

    /// <summary>Number of images whose largest logit is not their label's.</summary>
    public long Errors
    {
        get
        {
            if (errors is { } known) return known;
            long wrong = 0;
            ForEach(batch => wrong += batch.Logits.argmax(1).ne(batch.Labels).sum().ToInt64());
            errors = wrong;
            return wrong;
        }
    }

    /// <inheritdoc/>
    public override void ForEach(Action<FeatureBatch> visit)
    {
        using var noGradients = no_grad();
        var rows = BatchRows(store);
        for (long start = 0; start < Count; start += rows)
        {
            using var scope = NewDisposeScope();
            var n = Math.Min(rows, Count - start);
            var (features, logits) = store.Read(start, n);
            visit(new(features, logits, labels.narrow(0, start, n)));
        }
    }

    /// <summary>h of all images at once, for who has memory for them.</summary>
    /// <returns>N x p, float32, on the device. The caller's dispose scope owns it; not to be changed.</returns>
    public Tensor AllFeatures() => store.Read(0, Count).Features;

    /// <summary>How many images make a batch.</summary>
    internal static long BatchRows(FeatureStore store) =>
        Math.Max(1, (store.Device.type == DeviceType.CPU ? BatchElementsOnProcessor : BatchElementsOnDevice) / Math.Max(store.Dimension, store.Classes));

    /// <summary>Frees features, logits, labels and statistics.</summary>
    public void Dispose()
    {
        store.Dispose();
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
