using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>One split on the device: bytes that become float pixels batch by batch, outside the graph.</summary>
public sealed class ResidentImages : ImageSet, IDisposable
{
    private readonly Tensor bytes;
    private readonly Tensor targets;

    /// <summary>Takes images over.</summary>
    /// <param name="bytes">N x C x H x W, uint8, on the device. Owned and disposed by this object.</param>
    /// <param name="labels">N of them, in [0, classes).</param>
    public ResidentImages(Tensor bytes, IReadOnlyList<int> labels)
    {
        this.bytes = bytes.DetachFromDisposeScope();
        Labels = labels;
        Shape = new((int)bytes.shape[1], (int)bytes.shape[2], (int)bytes.shape[3]);
        targets = tensor(labels.Select(l => (long)l).ToArray(), device: bytes.device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override int Count => Labels.Count;

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public override Tensor Pixels(ReadOnlySpan<int> indices)
    {
        using var chosen = tensor(indices.ToArray(), ScalarType.Int64, bytes.device);
        return Pixels(chosen);
    }

    /// <summary>Images as float pixels.</summary>
    /// <param name="indices">n, int64, on the device.</param>
    /// <returns>n x C x H x W, float32, in [0,1]. The caller's dispose scope owns it.</returns>
    public Tensor Pixels(Tensor indices)
    {
        using var chosen = bytes.index_select(0, indices);
        return chosen.to_type(ScalarType.Float32).div_(255f);
    }

    /// <summary>Labels of some images.</summary>
    /// <param name="indices">n, int64, on the device.</param>
    /// <returns>n, int64. The caller's dispose scope owns it.</returns>
    public Tensor Targets(Tensor indices) => targets.index_select(0, indices);

    /// <summary>Frees the device memory.</summary>
    public void Dispose()
    {
        bytes.Dispose();
        targets.Dispose();
    }
}
