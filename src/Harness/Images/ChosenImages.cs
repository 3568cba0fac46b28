namespace Harness.Images;

/// <summary>The images of an opened split that a cell uses, not yet decoded.</summary>
/// <param name="source">The opened split; disposed with this object.</param>
/// <param name="chosen">Which of its images, in [0, source.Labels.Count).</param>
/// <param name="progress">Told of each chunk that is decoded, or null.</param>
public sealed class ChosenImages(ImageSource source, int[] chosen, Action? progress = null) : IDisposable
{
    // Enough images to keep all processors busy, and little beside the images themselves.
    private const int ChunkBytes = 1 << 25;

    /// <summary>Receives images in their order.</summary>
    /// <param name="first">Place of the first among those chosen.</param>
    /// <param name="images">Whole images, each C x H x W; of use until the return.</param>
    public delegate void Receiver(int first, ReadOnlySpan<byte> images);

    /// <summary>Number of images.</summary>
    public int Count => chosen.Length;

    /// <summary>Shape of every image.</summary>
    public ImageShape Shape => source.Shape;

    /// <summary>The label of every image.</summary>
    public int[] Labels => [.. chosen.Select(i => source.Labels[i])];

    /// <summary>Bytes of all images.</summary>
    public long Bytes => (long)Count * Shape.Bytes;

    /// <summary>Decodes all images, once each, chunk by chunk: while one chunk is received, on another thread, the next is decoded.</summary>
    /// <param name="receive">Gets the chunks one after the other. What it throws comes out here.</param>
    /// <param name="stop">Looked at between chunks.</param>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public void Decode(Receiver receive, CancellationToken stop)
    {
        var chunk = Math.Clamp(ChunkBytes / Shape.Bytes, 1, Math.Max(1, Count));
        byte[][] buffers = [GC.AllocateUninitializedArray<byte>(chunk * Shape.Bytes), GC.AllocateUninitializedArray<byte>(chunk < Count ? chunk * Shape.Bytes : 0)];
        var received = Task.CompletedTask;
        try
        {
            for (var first = 0; first < Count; first += chunk)
            {
                stop.ThrowIfCancellationRequested();
                var (start, count) = (first, Math.Min(chunk, Count - first));
                var buffer = buffers[first / chunk % 2];
                source.Read(chosen.AsSpan(start, count), buffer.AsSpan(0, count * Shape.Bytes));
                progress?.Invoke();
                received.GetAwaiter().GetResult();
                received = Task.Run(() => receive(start, buffer.AsSpan(0, count * Shape.Bytes)), CancellationToken.None);
            }
        }
        finally
        {
            // Also where decoding failed: who receives writes to what the caller is about to free.
            ((IAsyncResult)received).AsyncWaitHandle.WaitOne();
        }
        received.GetAwaiter().GetResult();
    }

    /// <summary>Closes the split.</summary>
    public void Dispose() => source.Dispose();
}
