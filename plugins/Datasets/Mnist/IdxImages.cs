namespace Harness.Datasets.Mnist;

/// <summary>One split in memory: 47 MB for the 60,000 training images. Reading it again from gzip for each request would cost more than it saves.</summary>
internal sealed class IdxImages(ImageShape shape, byte[] pixels, int[] labels) : ImageSource
{
    public override ImageShape Shape => shape;

    public override IReadOnlyList<int> Labels => labels;

    public override void Read(ReadOnlySpan<int> indices, Span<byte> pixelsOut)
    {
        var bytes = shape.Bytes;
        for (var i = 0; i < indices.Length; i++) pixels.AsSpan(indices[i] * bytes, bytes).CopyTo(pixelsOut[(i * bytes)..]);
    }
}
