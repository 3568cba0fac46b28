using static TorchSharp.torch;

namespace Harness.Images;

/// <summary>One split on the device: bytes that become float pixels batch by batch, outside the graph.</summary>
public sealed class ResidentImages : CellImages
{
    private const int ChunkBytes = 1 << 26;

    private readonly Tensor bytes;

    /// <summary>Takes images over.</summary>
    /// <param name="bytes">N x C x H x W, uint8, on the device. Owned and disposed by this object.</param>
    /// <param name="labels">N of them, in [0, classes).</param>
    public ResidentImages(Tensor bytes, IReadOnlyList<int> labels)
    {
        this.bytes = bytes.DetachFromDisposeScope();
        Labels = labels;
        Shape = new((int)bytes.shape[1], (int)bytes.shape[2], (int)bytes.shape[3]);
    }

    /// <inheritdoc/>
    public override int Count => Labels.Count;

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; }

    /// <summary>Copies decoded images to the device, once.</summary>
    /// <param name="images">The images; stay the caller's.</param>
    /// <param name="shape">Their shape after padding.</param>
    /// <param name="device">Where they go.</param>
    /// <exception cref="DamagedCacheException">An image is not what was stored.</exception>
    public static ResidentImages Copy(DecodedImages images, ImageShape shape, Device device)
    {
        using var scope = NewDisposeScope();
        var count = images.Labels.Count;
        var bytes = empty([count, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, device);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(Math.Max(1, ChunkBytes / shape.Bytes)))
        {
            using var chunkScope = NewDisposeScope();
            var to = bytes.narrow(0, chunk[0], chunk.Length);
            var onHost = device.type == TorchSharp.DeviceType.CPU ? to : empty_like(to, device: CPU);
            images.Copy(chunk, shape, onHost.bytes);
            if (!ReferenceEquals(to, onHost)) to.copy_(onHost);
        }
        return new(bytes.MoveToOuterDisposeScope(), images.Labels);
    }

    /// <inheritdoc/>
    public override Tensor Pixels(ReadOnlySpan<int> indices)
    {
        using var rows = tensor(indices.ToArray(), ScalarType.Int64, bytes.device);
        return Pixels(rows);
    }

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Batches(IEnumerable<int[]> batches)
    {
        var all = batches.ToArray();
        // To the device in one go: a copy for each batch would wait for the steps before it.
        using var order = tensor(all.SelectMany(batch => batch).ToArray(), ScalarType.Int64, bytes.device).DetachFromDisposeScope();
        var start = 0;
        foreach (var batch in all)
        {
            yield return Pixels(order, start, batch.Length).DetachFromDisposeScope();
            start += batch.Length;
        }
    }

    /// <summary>Frees the device memory.</summary>
    public override void Dispose() => bytes.Dispose();

    private Tensor Pixels(Tensor order, int start, int count)
    {
        using var rows = order.narrow(0, start, count);
        return Pixels(rows);
    }

    private Tensor Pixels(Tensor rows)
    {
        using var chosen = bytes.index_select(0, rows);
        return chosen.to_type(ScalarType.Float32).div_(255f);
    }
}
