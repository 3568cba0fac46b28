using static TorchSharp.torch;

namespace Harness.Images;

/// <summary>
/// One split that is not on the device: batches are gathered on a thread of its own and copied to the device ahead of their use. The device holds a few batches, whatever
/// the size of the set. The pixels are those of <see cref="ResidentImages"/>, to the bit.
/// </summary>
/// <param name="images">The images on the host. Owned and disposed by this object.</param>
/// <param name="shape">Their shape after padding.</param>
/// <param name="device">Where batches go.</param>
public sealed class StreamedImages(DecodedImages images, ImageShape shape, Device device) : CellImages
{
    /// <inheritdoc/>
    public override int Count => images.Labels.Count;

    /// <inheritdoc/>
    public override ImageShape Shape => shape;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels => images.Labels;

    /// <inheritdoc/>
    public override Tensor Pixels(ReadOnlySpan<int> indices)
    {
        using var bytes = empty([indices.Length, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, CPU);
        images.Copy(indices, shape, bytes.bytes);
        using var onDevice = bytes.to(device);
        return onDevice.to_type(ScalarType.Float32).div_(255f);
    }

    /// <inheritdoc/>
    public override IEnumerable<Tensor> Batches(IEnumerable<int[]> batches)
    {
        var all = batches.ToArray();
        using var ring = new BatchRing(images, shape, device, all.Select(batch => batch.Length).DefaultIfEmpty().Max());
        using var abandoned = new CancellationTokenSource();
        var filling = Task.Factory.StartNew(() => ring.Fill(all, abandoned.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var pixels in ring.Drain()) yield return pixels;
            // What ended the filling early is thrown here.
            filling.GetAwaiter().GetResult();
        }
        finally
        {
            // The consumer may have had enough before the end.
            abandoned.Cancel();
            ((IAsyncResult)filling).AsyncWaitHandle.WaitOne();
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => images.Dispose();
}
