namespace Harness.Datasets;

/// <summary>
/// Brings images to squares: <see cref="CropGeometry.Whole"/>, by the triangle filter, widened where an image becomes smaller (antialiased bilinear, as PIL's). In whole numbers
/// throughout and rounded once, halves up, so that the bytes are the same on every machine. Holds no state: may be used by many threads.
/// </summary>
public sealed class SquareResampler
{
    /// <summary>Counts up with every change to a pixel of any image.</summary>
    public const int Generation = 1;

    private readonly ImageShape input;
    private readonly Taps[] columns;
    private readonly Taps[] rows;

    /// <summary>Weighs the pixels.</summary>
    /// <param name="input">Shape of the images, of at most 10,000 pixels a side: sums then fit into 64 bits.</param>
    /// <param name="side">Height and width of the squares.</param>
    public SquareResampler(ImageShape input, int side)
    {
        this.input = input;
        Output = input with { Height = side, Width = side };
        var geometry = CropGeometry.Whole(side);
        var (width, height) = geometry.Resized(input.Width, input.Height);
        columns = [.. Enumerable.Range(geometry.Offset(width), side).Select(x => Taps.Of(x, input.Width, width))];
        rows = [.. Enumerable.Range(geometry.Offset(height), side).Select(y => Taps.Of(y, input.Height, height))];
    }

    /// <summary>Shape of the squares.</summary>
    public ImageShape Output { get; }

    /// <summary>Resamples one image.</summary>
    /// <param name="image">C x H x W bytes.</param>
    /// <param name="square">Receives C x side x side bytes.</param>
    public void Resample(ReadOnlySpan<byte> image, Span<byte> square)
    {
        var side = Output.Width;
        Span<long> wide = new long[input.Height * side];
        Span<long> line = new long[side];
        for (var c = 0; c < input.Channels; c++)
        {
            var plane = image.Slice(c * input.Height * input.Width, input.Height * input.Width);
            for (var y = 0; y < input.Height; y++)
            {
                var from = plane.Slice(y * input.Width, input.Width);
                var to = wide.Slice(y * side, side);
                for (var x = 0; x < to.Length; x++) to[x] = Sum(columns[x], from);
            }
            for (var y = 0; y < side; y++)
            {
                Sum(rows[y], wide, line);
                var to = square.Slice((c * side + y) * side, side);
                for (var x = 0; x < line.Length; x++)
                {
                    // Never negative, and the division of unsigned numbers is the faster.
                    var total = (ulong)(rows[y].Total * columns[x].Total);
                    to[x] = (byte)((2 * (ulong)line[x] + total) / (2 * total));
                }
            }
        }
    }

    private static long Sum(Taps taps, ReadOnlySpan<byte> line)
    {
        var sum = 0L;
        var pixels = line.Slice(taps.First, taps.Weights.Length);
        for (var i = 0; i < pixels.Length; i++) sum += taps.Weights[i] * pixels[i];
        return sum;
    }

    private static void Sum(Taps taps, ReadOnlySpan<long> lines, Span<long> sum)
    {
        sum.Clear();
        for (var i = 0; i < taps.Weights.Length; i++)
        {
            var weight = taps.Weights[i];
            var line = lines.Slice((taps.First + i) * sum.Length, sum.Length);
            for (var x = 0; x < line.Length; x++) sum[x] += weight * line[x];
        }
    }

    /// <summary>The pixels of a line that make one of the resized line, and what each weighs.</summary>
    private sealed record Taps(int First, long[] Weights, long Total)
    {
        /// <summary>
        /// Pixel <paramref name="at"/> of a line resized from m to n pixels. In units of 1/(2n) pixel its centre lies at (2 at + 1) m, that of pixel j at (2j + 1) n, and the triangle
        /// reaches 2 max(m, n) to either side: a pixel where the line grows, m/n pixels where it shrinks.
        /// </summary>
        public static Taps Of(int at, int m, int n)
        {
            var reach = 2L * Math.Max(m, n);
            var weights = Enumerable.Range(0, m).Select(j => reach - Math.Abs((2L * j + 1) * n - (2L * at + 1) * m)).ToArray();
            var first = Array.FindIndex(weights, w => w > 0);
            var last = Array.FindLastIndex(weights, w => w > 0);
            var within = weights[first..(last + 1)];
            return new(first, within, within.Sum());
        }
    }
}
