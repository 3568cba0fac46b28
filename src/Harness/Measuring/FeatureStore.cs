using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Where the features and logits of a set are kept: written once, batch after batch, then read as often as wanted.</summary>
/// <param name="count">Images N.</param>
/// <param name="dimension">p.</param>
/// <param name="classes">Logits C.</param>
/// <param name="device">Where rows come to.</param>
internal abstract class FeatureStore(long count, long dimension, long classes, Device device) : IDisposable
{
    /// <summary>Images N.</summary>
    public long Count => count;

    /// <summary>Dimension p.</summary>
    public long Dimension => dimension;

    /// <summary>Logits C.</summary>
    public long Classes => classes;

    /// <summary>Where rows come to.</summary>
    public Device Device => device;

    /// <summary>Bytes that features and logits take.</summary>
    public static long BytesOf(long count, long dimension, long classes) => count * (dimension + classes) * sizeof(float);

    /// <summary>Keeps a batch.</summary>
    /// <param name="start">Its first image.</param>
    /// <param name="features">n x p, any type.</param>
    /// <param name="logits">n x C, any type.</param>
    public abstract void Write(long start, Tensor features, Tensor logits);

    /// <summary>Consecutive images, to the bit as they were written.</summary>
    /// <param name="start">The first.</param>
    /// <param name="rows">How many, n.</param>
    /// <returns>n x p and n x C, float32, on the device. The caller's dispose scope owns what is not the store's own memory; neither is to be changed.</returns>
    public abstract (Tensor Features, Tensor Logits) Read(long start, long rows);

    /// <summary>Frees what is kept.</summary>
    public abstract void Dispose();
}
