using System.Runtime.ExceptionServices;

namespace Harness.Images;

/// <summary>The images of one split that a cell uses, decoded and on the host: bytes of one shape one after the other, as the data set gives them, not yet padded.</summary>
public abstract class DecodedImages : IDisposable
{
    private static readonly ParallelOptions Few = new() { MaxDegreeOfParallelism = 4 };

    /// <summary>Shape of every image.</summary>
    public abstract ImageShape Shape { get; }

    /// <summary>The label of every image. Its length is the number of images.</summary>
    public abstract IReadOnlyList<int> Labels { get; }

    /// <summary>Sums over all of them.</summary>
    public abstract PixelSums Sums { get; }

    /// <summary>One image, C x H x W, of use until disposal. May be called from several threads at once.</summary>
    /// <param name="index">Which, in [0, Labels.Count).</param>
    /// <exception cref="DamagedCacheException">Its bytes are not those that were stored.</exception>
    public abstract ReadOnlySpan<byte> this[int index] { get; }

    /// <summary>Copies images, padded with black.</summary>
    /// <param name="indices">Which, in the order wanted.</param>
    /// <param name="padded">The shape of each copy: as many channels, at least as high and wide.</param>
    /// <param name="pixels">Receives them one after the other, each C x H x W.</param>
    /// <exception cref="DamagedCacheException">The bytes of one are not those that were stored.</exception>
    public unsafe void Copy(ReadOnlySpan<int> indices, ImageShape padded, Span<byte> pixels)
    {
        var wanted = indices.ToArray();
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, wanted.Length * padded.Bytes, nameof(pixels));
        fixed (byte* start = pixels)
        {
            // Several at a time, for images that have to come from the disk first.
            var address = (nint)start;
            try
            {
                Parallel.For(0, wanted.Length, Few, i => Pad(this[wanted[i]], padded, new((byte*)address + (long)i * padded.Bytes, padded.Bytes)));
            }
            catch (AggregateException e)
            {
                ExceptionDispatchInfo.Capture(e.InnerExceptions[0]).Throw();
            }
        }
    }

    /// <summary>Frees what holds them.</summary>
    public abstract void Dispose();

    private void Pad(ReadOnlySpan<byte> image, ImageShape padded, Span<byte> into)
    {
        if (padded == Shape)
        {
            image.CopyTo(into);
            return;
        }
        into.Clear();
        var (top, left) = ((padded.Height - Shape.Height) / 2, (padded.Width - Shape.Width) / 2);
        for (var row = 0; row < Shape.Channels * Shape.Height; row++)
        {
            var (channel, y) = Math.DivRem(row, Shape.Height);
            image.Slice(row * Shape.Width, Shape.Width).CopyTo(into[((channel * padded.Height + top + y) * padded.Width + left)..]);
        }
    }
}
