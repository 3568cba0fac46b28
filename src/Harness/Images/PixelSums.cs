using System.Numerics;

namespace Harness.Images;

/// <summary>Exact integer sums of the bytes of each channel, from which mean and deviation follow without cancellation.</summary>
/// <param name="channels">Number of channels C.</param>
public sealed class PixelSums(int channels)
{
    // A lane of 32 bits takes the squares of as many bytes: 255 * 255 * 2^16 < 2^32.
    private const int Block = 1 << 16;

    /// <summary>Sum of the bytes of each channel.</summary>
    public long[] Sums { get; } = new long[channels];

    /// <summary>Sum of their squares.</summary>
    public long[] Squares { get; } = new long[channels];

    /// <summary>Bytes of each channel.</summary>
    public long Pixels { get; set; }

    /// <summary>Adds one image.</summary>
    /// <param name="image">C x H x W: one plane after the other.</param>
    public void Add(ReadOnlySpan<byte> image)
    {
        var plane = image.Length / Sums.Length;
        for (var channel = 0; channel < Sums.Length; channel++)
        {
            for (var rest = image.Slice(channel * plane, plane); !rest.IsEmpty; rest = rest[Math.Min(Block, rest.Length)..])
                AddBlock(rest[..Math.Min(Block, rest.Length)], ref Sums[channel], ref Squares[channel]);
        }
        Pixels += plane;
    }

    /// <summary>Mean and deviation of pixels in [0,1]; a channel of one level only has the deviation 1.</summary>
    public Standardisation Standardisation()
    {
        var mean = new double[Sums.Length];
        var deviation = new double[Sums.Length];
        for (var c = 0; c < Sums.Length; c++)
        {
            mean[c] = (double)Sums[c] / Pixels;
            // n * sum(x^2) - (sum x)^2 in 128-bit integers: exact.
            var variance = (double)((Int128)Pixels * Squares[c] - (Int128)Sums[c] * Sums[c]) / Pixels / Pixels;
            deviation[c] = variance > 0 ? Math.Sqrt(variance) / 255 : 1;
            mean[c] /= 255;
        }
        return new(mean, deviation);
    }

    private static void AddBlock(ReadOnlySpan<byte> bytes, ref long sum, ref long squares)
    {
        Vector<uint> sums = default, squareSums = default;
        for (; bytes.Length >= Vector<byte>.Count; bytes = bytes[Vector<byte>.Count..])
        {
            Vector.Widen(new Vector<byte>(bytes), out var low, out var high);
            sums += Halves(low + high);
            squareSums += Halves(low * low) + Halves(high * high);
        }
        for (var lane = 0; lane < Vector<uint>.Count; lane++) (sum, squares) = (sum + sums[lane], squares + squareSums[lane]);
        foreach (var value in bytes) (sum, squares) = (sum + value, squares + value * value);
    }

    private static Vector<uint> Halves(Vector<ushort> numbers)
    {
        Vector.Widen(numbers, out var low, out var high);
        return low + high;
    }
}
