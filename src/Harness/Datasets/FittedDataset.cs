namespace Harness.Datasets;

/// <summary>
/// A data set whose images are brought to the shape of another's, so that a network trained on that one can be shown them: resized as <see cref="ResizedDataset"/> does, grey made colour by
/// three equal channels, colour made grey by its luma. The labels stay its own.
/// </summary>
public sealed class FittedDataset : IDataset
{
    private readonly IDataset original;

    /// <summary>Touches no file.</summary>
    /// <param name="original">The set.</param>
    /// <param name="shape">The shape its images are brought to. Where it is no square, they are resized to the square of its shorter side and padded with black, centred.</param>
    /// <exception cref="PluginOptionException">The numbers of channels are not 1 and 3.</exception>
    public FittedDataset(IDataset original, ImageShape shape)
    {
        var card = original.Card;
        if (card.Shape.Channels != shape.Channels && (card.Shape.Channels, shape.Channels) is not ((1, 3) or (3, 1)))
        {
            throw new PluginOptionException("", $"The images of {card.Title} have {card.Shape.Channels} channels and are to have {shape.Channels}; only grey (1) and colour (3) are brought to each other.");
        }
        this.original = shape.Height == card.Shape.Height && shape.Width == card.Shape.Width ? original : new ResizedDataset(original, Math.Min(shape.Height, shape.Width));
        // Constants of other channels and sizes are not this set's.
        Card = card with { Shape = shape, Standardisation = null };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => $"{original.Fingerprint(data)}; brought to {Card.Shape}";

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => new Source(original.Open(split, data), Card.Shape);

    private sealed class Source(ImageSource original, ImageShape shape) : ImageSource
    {
        private const int ImagesAtATime = 256;

        public override ImageShape Shape => shape;

        public override IReadOnlyList<int> Labels => original.Labels;

        public override void Read(ReadOnlySpan<int> indices, Span<byte> pixels)
        {
            var read = new byte[Math.Min(ImagesAtATime, indices.Length) * original.Shape.Bytes];
            for (var start = 0; start < indices.Length; start += ImagesAtATime)
            {
                var count = Math.Min(ImagesAtATime, indices.Length - start);
                original.Read(indices.Slice(start, count), read);
                for (var i = 0; i < count; i++)
                    Fit(read.AsSpan(i * original.Shape.Bytes, original.Shape.Bytes), pixels.Slice((start + i) * shape.Bytes, shape.Bytes));
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) original.Dispose();
        }

        private void Fit(ReadOnlySpan<byte> image, Span<byte> fitted)
        {
            var (height, width) = (original.Shape.Height, original.Shape.Width);
            var (top, left) = ((shape.Height - height) / 2, (shape.Width - width) / 2);
            fitted.Clear();
            for (var c = 0; c < shape.Channels; c++)
            {
                for (var y = 0; y < height; y++)
                {
                    var into = fitted.Slice((c * shape.Height + top + y) * shape.Width + left, width);
                    if (original.Shape.Channels > shape.Channels) Luma(image, y * width, height * width, into);
                    else image.Slice((original.Shape.Channels == 1 ? 0 : c) * height * width + y * width, width).CopyTo(into);
                }
            }
        }

        /// <summary>0.299 R + 0.587 G + 0.114 B of ITU-R BT.601, rounded to the nearest, halves up.</summary>
        private static void Luma(ReadOnlySpan<byte> image, int first, int plane, Span<byte> grey)
        {
            for (var x = 0; x < grey.Length; x++)
            {
                var at = first + x;
                grey[x] = (byte)((299 * image[at] + 587 * image[plane + at] + 114 * image[2 * plane + at] + 500) / 1000);
            }
        }
    }
}
