using System.Collections.Concurrent;
using Harness.Torch;
using static TorchSharp.torch;

namespace Harness.Images;

/// <summary>
/// A few buffers on the device that go round between the thread that fills them and the one that uses them. On a GPU both queue their work into the same stream, so
/// a buffer is filled anew only after what used it; the filling thread alone waits for its copies.
/// </summary>
internal sealed class BatchRing : IDisposable
{
    /// <summary>Batches that lie ready: they even out a slow read.</summary>
    private const int Buffers = 3;

    private readonly DecodedImages images;
    private readonly ImageShape shape;
    private readonly Tensor[] buffers;
    private readonly PageLockedBuffer? staging;
    private readonly BlockingCollection<Tensor> free = [];
    private readonly BlockingCollection<(Tensor Buffer, int Count)> filled = [];

    /// <summary>Takes the memory.</summary>
    /// <param name="images">Where batches come from.</param>
    /// <param name="shape">Shape of an image after padding.</param>
    /// <param name="device">Where they go.</param>
    /// <param name="largest">Most images of a batch.</param>
    public BatchRing(DecodedImages images, ImageShape shape, Device device, int largest)
    {
        (this.images, this.shape) = (images, shape);
        buffers = [.. Enumerable.Range(0, Buffers).Select(_ => empty([largest, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, device).DetachFromDisposeScope())];
        foreach (var buffer in buffers) free.Add(buffer);
        if (device.type != TorchSharp.DeviceType.CPU) staging = new((long)largest * shape.Bytes);
    }

    /// <summary>Fills buffers with batches, one after the other, each as soon as a buffer is free.</summary>
    /// <param name="batches">Which images each holds.</param>
    /// <param name="abandoned">Ends it.</param>
    /// <exception cref="DamagedCacheException">An image is not what was stored.</exception>
    public void Fill(IEnumerable<int[]> batches, CancellationToken abandoned)
    {
        try
        {
            foreach (var batch in batches)
            {
                var buffer = free.Take(abandoned);
                using var to = buffer.narrow(0, 0, batch.Length);
                if (staging is null)
                {
                    images.Copy(batch, shape, to.bytes);
                }
                else
                {
                    using var bytes = staging.Bytes.narrow(0, 0, (long)batch.Length * shape.Bytes);
                    using var onHost = bytes.view(to.shape);
                    images.Copy(batch, shape, onHost.bytes);
                    to.copy_(onHost);
                }
                filled.Add((buffer, batch.Length), abandoned);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody wants the rest.
        }
        finally
        {
            filled.CompleteAdding();
        }
    }

    /// <summary>The batches as they are filled, as float pixels.</summary>
    /// <returns>For each n x C x H x W, float32, in [0,1], on the device. No dispose scope owns it: the caller disposes each.</returns>
    public IEnumerable<Tensor> Drain()
    {
        foreach (var (buffer, count) in filled.GetConsumingEnumerable())
        {
            var pixels = Pixels(buffer, count);
            free.Add(buffer, CancellationToken.None);
            yield return pixels;
        }
    }

    /// <summary>Gives the memory back. Nobody may fill or drain it any more.</summary>
    public void Dispose()
    {
        foreach (var buffer in buffers) buffer.Dispose();
        staging?.Dispose();
        free.Dispose();
        filled.Dispose();
    }

    private static Tensor Pixels(Tensor buffer, int count)
    {
        using var bytes = buffer.narrow(0, 0, count);
        return bytes.to_type(ScalarType.Float32).div_(255f).DetachFromDisposeScope();
    }
}
