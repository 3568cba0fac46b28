namespace Harness.Datasets;

/// <summary>A data set whose images are brought to squares of another size as they are read. The constants of its card stay those of the whole set as published.</summary>
/// <param name="original">The set.</param>
/// <param name="side">Height and width of its images from now on, in pixels.</param>
public sealed class ResizedDataset(IDataset original, int side) : IDataset
{
    private const int ImagesAtATime = 256;

    /// <inheritdoc/>
    public DatasetCard Card { get; } = original.Card with { Shape = original.Card.Shape with { Height = side, Width = side } };

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => $"{original.Fingerprint(data)}; {side} pixels by resampler {SquareResampler.Generation}";

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => new Source(original.Open(split, data), side);

    private sealed class Source(ImageSource original, int side) : ImageSource
    {
        private readonly SquareResampler resampler = new(original.Shape, side);

        public override ImageShape Shape => resampler.Output;

        public override IReadOnlyList<int> Labels => original.Labels;

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
        {
            var (from, to) = (original.Shape.Bytes, Shape.Bytes);
            var originals = new byte[Math.Min(ImagesAtATime, indices.Length) * from];
            var resized = new byte[Math.Min(ImagesAtATime, indices.Length) * to];
            for (var start = 0; start < indices.Length; start += ImagesAtATime)
            {
                var count = Math.Min(ImagesAtATime, indices.Length - start);
                original.Read(indices.Slice(start, count), originals);
                Parallel.For(0, count, i => resampler.Resample(originals.AsSpan(i * from, from), resized.AsSpan(i * to, to)));
                resized.AsSpan(0, count * to).CopyTo(pixels[(start * to)..]);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) original.Dispose();
        }
    }
}
