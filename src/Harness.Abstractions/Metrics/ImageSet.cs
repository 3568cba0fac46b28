using static TorchSharp.torch;

namespace Harness;

/// <summary>The images of one split as a cell uses them: subsampled and padded.</summary>
public abstract class ImageSet
{
    /// <summary>Number of images.</summary>
    public abstract int Count { get; }

    /// <summary>Shape of every image.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>The label of every image, in [0, classes).</summary>
    public abstract IReadOnlyList<int> Labels { get; }

    /// <summary>Images as float pixels.</summary>
    /// <param name="indices">Which, each in [0, Count).</param>
    /// <returns>n x C x H x W, float32, in [0,1], on the snapshot's device, detached. The caller's dispose scope owns it.</returns>
    public abstract Tensor Pixels(ReadOnlySpan<int> indices);

    /// <summary>Images as float pixels, batch after batch: where they do not lie on the device, the next batches come there while one is in use.</summary>
    /// <param name="batches">Which images each batch holds, in the order wanted.</param>
    /// <returns>For each batch what <see cref="Pixels"/> gives. No dispose scope owns it: the caller disposes each.</returns>
    public virtual IEnumerable<Tensor> Batches(IEnumerable<int[]> batches)
    {
        foreach (var batch in batches) yield return Pixels(batch).DetachFromDisposeScope();
    }
}
