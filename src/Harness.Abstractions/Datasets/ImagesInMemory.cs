namespace Harness;

/// <summary>A split that is small enough to be held whole: the six small data sets are, at 12 to 350 MB.</summary>
/// <param name="shape">Shape of every image.</param>
/// <param name="pixels">All images one after the other, each C x H x W. Kept, not copied.</param>
/// <param name="labels">The label of every image. Kept, not copied.</param>
/// <exception cref="ArgumentException">There are not as many pixels as the labels and the shape ask for.</exception>
public sealed class ImagesInMemory(ImageShape shape, ReadOnlyMemory<byte> pixels, IReadOnlyList<int> labels) : ImageSource
{
    private readonly ReadOnlyMemory<byte> pixels = pixels.Length == (long)labels.Count * shape.Bytes
        ? pixels
        : throw new ArgumentException($"{labels.Count} images of {shape} have {(long)labels.Count * shape.Bytes} bytes, not {pixels.Length}.", nameof(pixels));

    /// <inheritdoc/>
    public override ImageShape Shape { get; } = shape;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels { get; } = labels;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
    {
        for (var i = 0; i < indices.Length; i++)
            this.pixels.Span.Slice(indices[i] * Shape.Bytes, Shape.Bytes).CopyTo(pixels[(i * Shape.Bytes)..]);
    }
}
