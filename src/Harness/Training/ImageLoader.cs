using Harness.Manifests;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>Brings a data set onto the device as a cell uses it: opened, subsampled, padded, and its standardisation known.</summary>
public static class ImageLoader
{
    private const int ImagesInAChunk = 4096;

    /// <summary>Reads one split.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="split">Which part.</param>
    /// <param name="root">The user's data folder.</param>
    /// <param name="options">How many of each class, and the padding.</param>
    /// <param name="device">Where the images go.</param>
    /// <param name="activity">Told of each chunk of images.</param>
    /// <param name="standardisation">The card's constants, else computed from these images before padding.</param>
    /// <returns>The images; the caller disposes them.</returns>
    /// <exception cref="DatasetException">Files are missing or damaged, or hold too few images of a class.</exception>
    public static ResidentImages Load(
        IDataset dataset, Split split, DataRoot root, SubsampleOptions options, Device device, CellActivity activity, out Standardisation standardisation)
    {
        using var source = dataset.Open(split, root);
        var chosen = Choose(dataset, source, split, options);
        var padded = PaddedShape(source.Shape, options.PadTo);
        using var scope = NewDisposeScope();
        var images = zeros([chosen.Length, padded.Channels, padded.Height, padded.Width], ScalarType.Byte, device);
        var sums = new PixelSums(source.Shape);
        var buffer = new byte[Math.Min(ImagesInAChunk, chosen.Length) * source.Shape.Bytes];
        for (var start = 0; start < chosen.Length; start += ImagesInAChunk)
        {
            using var chunkScope = NewDisposeScope();
            var count = Math.Min(ImagesInAChunk, chosen.Length - start);
            source.Read(chosen.AsSpan(start, count), buffer);
            activity.Tick();
            sums.Add(buffer.AsSpan(0, count * source.Shape.Bytes));
            var chunk = tensor(buffer.AsSpan(0, count * source.Shape.Bytes).ToArray(), [count, source.Shape.Channels, source.Shape.Height, source.Shape.Width], ScalarType.Byte, device);
            images.narrow(0, start, count)
                .narrow(2, (padded.Height - source.Shape.Height) / 2, source.Shape.Height)
                .narrow(3, (padded.Width - source.Shape.Width) / 2, source.Shape.Width)
                .copy_(chunk);
        }
        standardisation = dataset.Card.Standardisation ?? sums.Standardisation();
        return new ResidentImages(images.MoveToOuterDisposeScope(), [.. chosen.Select(i => source.Labels[i])]);
    }

    /// <summary>Opens one split and chooses its images without reading any: finds whatever is wrong with the files and the numbers asked for.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="split">Which part.</param>
    /// <param name="root">The user's data folder.</param>
    /// <param name="options">How many of each class.</param>
    /// <returns>How many images would be used.</returns>
    /// <exception cref="DatasetException">Files are missing or damaged, or hold too few images of a class.</exception>
    public static int Check(IDataset dataset, Split split, DataRoot root, SubsampleOptions options)
    {
        using var source = dataset.Open(split, root);
        return Choose(dataset, source, split, options).Length;
    }

    /// <summary>The shape after padding: height and width at least <paramref name="padTo"/>.</summary>
    /// <param name="shape">The shape before.</param>
    /// <param name="padTo">Pixels, or null for no padding.</param>
    public static ImageShape PaddedShape(ImageShape shape, int? padTo) =>
        shape with { Height = Math.Max(shape.Height, padTo ?? 0), Width = Math.Max(shape.Width, padTo ?? 0) };

    private static int[] Choose(IDataset dataset, ImageSource source, Split split, SubsampleOptions options)
    {
        var (perClass, purpose) = split == Split.Train ? (options.TrainPerClass, "train subsample") : (options.TestPerClass, "test subsample");
        try
        {
            return BalancedSubsample.Choose(source.Labels, dataset.Card.ClassNames.Count, perClass, new Seed((ulong)options.SubsampleSeed).Derive(purpose));
        }
        catch (DatasetException e)
        {
            throw new DatasetException(e.Path, $"{dataset.Card.Title}, {split.ToString().ToLowerInvariant()} images: {e.Message}", e);
        }
    }

    /// <summary>Exact integer sums of the bytes of each channel, from which mean and deviation follow without cancellation.</summary>
    private sealed class PixelSums(ImageShape shape)
    {
        private readonly long[] sum = new long[shape.Channels];
        private readonly long[] squares = new long[shape.Channels];
        private long pixels;

        public void Add(ReadOnlySpan<byte> images)
        {
            // Images are C x H x W each: one plane after the other.
            var plane = shape.Height * shape.Width;
            for (var (at, channel) = (0, 0); at < images.Length; at += plane, channel = (channel + 1) % shape.Channels)
                foreach (var value in images.Slice(at, plane))
                {
                    sum[channel] += value;
                    squares[channel] += value * value;
                }
            pixels += images.Length / shape.Channels;
        }

        public Standardisation Standardisation()
        {
            var mean = new double[shape.Channels];
            var deviation = new double[shape.Channels];
            for (var c = 0; c < shape.Channels; c++)
            {
                mean[c] = (double)sum[c] / pixels;
                // n * sum(x^2) - (sum x)^2 in 128-bit integers: exact.
                var variance = (double)((Int128)pixels * squares[c] - (Int128)sum[c] * sum[c]) / pixels / pixels;
                deviation[c] = variance > 0 ? Math.Sqrt(variance) / 255 : 1;
                mean[c] /= 255;
            }
            return new(mean, deviation);
        }
    }
}
