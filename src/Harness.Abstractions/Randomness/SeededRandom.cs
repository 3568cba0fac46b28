using System.Numerics;

namespace Harness;

/// <summary>
/// A generator whose sequence is fixed for ever: xoshiro256** started by SplitMix64 (Blackman and Vigna 2018). <see cref="System.Random"/> promises
/// no such thing between versions of .NET.
/// </summary>
public sealed class SeededRandom
{
    private ulong s0, s1, s2, s3;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    /// <param name="seed">Any value.</param>
    public SeededRandom(ulong seed)
    {
        s0 = SplitMix(ref seed);
        s1 = SplitMix(ref seed);
        s2 = SplitMix(ref seed);
        s3 = SplitMix(ref seed);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform in [0,1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    /// <param name="low">Smallest value.</param>
    /// <param name="high">Bound above.</param>
    public double NextDouble(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform in [0, bound), without bias (Lemire 2019).</summary>
    /// <param name="bound">At least 1.</param>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        var reject = (0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(NextBits(), (ulong)bound, out var low);
            if (low >= reject) return (int)high;
        }
    }

    /// <summary>A uniformly random order of 0 .. count-1 (Fisher and Yates).</summary>
    /// <param name="count">How many, at least 0.</param>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        for (var i = count - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
