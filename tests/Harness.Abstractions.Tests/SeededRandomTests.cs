using CsCheck;

namespace Harness.Abstractions.Tests;

public class SeededRandomTests
{
    [Fact]
    public void SequenceIsFixedForEver() =>
        // SplitMix64 of 0 fills the state; the values are those of the authors' reference implementation of xoshiro256**.
        Assert.Equal([0x99EC5F36CB75F2B4, 0xBF6E1F784956452A, 0x1A5F849D4933E6E0], Take(new SeededRandom(0), 3));

    [Fact]
    public void PermutationHoldsEveryIndexOnce() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 300]).Sample((seed, count) =>
            new SeededRandom(seed).Permutation(count).Order().SequenceEqual(Enumerable.Range(0, count)));

    [Fact]
    public void NextStaysBelowItsBound() =>
        Gen.Select(Gen.ULong, Gen.Int[1, int.MaxValue]).Sample((seed, bound) => new SeededRandom(seed).Next(bound) is var n && n >= 0 && n < bound);

    [Fact]
    public void DerivedSeedsDependOnPurposeAndIndexAlone()
    {
        var seed = new Seed(7);
        Assert.Equal(seed.Derive("shuffle", 3), new Seed(7).Derive("shuffle", 3));
        var all = new[] { seed, seed.Derive("shuffle"), seed.Derive("shuffle", 1), seed.Derive("weights"), new Seed(8).Derive("shuffle") };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    private static ulong[] Take(SeededRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextBits())];
}
