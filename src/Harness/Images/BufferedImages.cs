using System.Runtime.InteropServices;

namespace Harness.Images;

/// <summary>Decoded images in memory: what is used where no cache can be.</summary>
public sealed unsafe class BufferedImages : DecodedImages
{
    private byte* pixels;

    /// <summary>Decodes them.</summary>
    /// <param name="images">Which.</param>
    /// <param name="stop">Looked at now and then.</param>
    /// <exception cref="DatasetException">An image cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="OutOfMemoryException">They do not fit.</exception>
    public BufferedImages(ChosenImages images, CancellationToken stop)
    {
        (Shape, Labels, Sums) = (images.Shape, images.Labels, new(images.Shape.Channels));
        pixels = (byte*)NativeMemory.Alloc((nuint)Math.Max(1, images.Bytes));
        try
        {
            images.Decode((first, chunk) =>
            {
                chunk.CopyTo(new(pixels + (long)first * Shape.Bytes, chunk.Length));
                for (var at = 0; at < chunk.Length; at += Shape.Bytes) Sums.Add(chunk.Slice(at, Shape.Bytes));
            }, stop);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override ImageShape Shape { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; }

    /// <inheritdoc/>
    public override PixelSums Sums { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> this[int index] => new(pixels + (long)index * Shape.Bytes, Shape.Bytes);

    /// <inheritdoc/>
    public override void Dispose()
    {
        NativeMemory.Free(pixels);
        pixels = null;
    }
}
