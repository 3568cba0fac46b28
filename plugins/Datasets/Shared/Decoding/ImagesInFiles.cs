namespace Harness.Datasets.Decoding;

/// <summary>A split of one image file each, decoded when they are read, on all processors.</summary>
/// <param name="files">The images.</param>
/// <param name="decoder">How one is decoded.</param>
internal sealed class ImagesInFiles(IReadOnlyList<ImageFile> files, ImageDecoder decoder) : ImageSource
{
    /// <inheritdoc/>
    public override ImageShape Shape => decoder.Shape;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; } = [.. files.Select(file => file.Label)];

    /// <inheritdoc/>
    public override unsafe void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
    {
        var wanted = indices.ToArray();
        var bytes = Shape.Bytes;
        if (pixels.Length < (long)wanted.Length * bytes) throw new ArgumentException($"{wanted.Length} images of {Shape} do not fit into {pixels.Length} bytes.", nameof(pixels));
        var faults = new DatasetException?[wanted.Length];
        fixed (byte* start = pixels)
        {
            var address = (nint)start;
            Parallel.For(0, wanted.Length, (i, loop) =>
            {
                try
                {
                    decoder.Decode(files[wanted[i]].Path, new Span<byte>((byte*)address + (long)i * bytes, bytes));
                }
                catch (DatasetException e)
                {
                    // Every earlier image is still decoded, so that the fault named is the first one, whatever the threads do.
                    faults[i] = e;
                    loop.Break();
                }
            });
        }
        if (faults.FirstOrDefault(fault => fault is not null) is { } first) throw first;
    }
}
