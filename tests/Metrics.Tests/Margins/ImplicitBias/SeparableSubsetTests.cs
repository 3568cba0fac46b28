using CsCheck;
using Harness;
using Harness.Metrics.Margins.ImplicitBias;

namespace Metrics.Tests.Margins.ImplicitBias;

public class SeparableSubsetTests
{
    [Fact]
    public void WhatIsPlantedIsFound() => Gen.Select(Gen.ULong, Gen.Int[2, 8], Gen.Int[0, 12], Gen.Int[0, 3]).Sample((seed, dimension, separable, pairs) =>
    {
        // Whole numbers: the first coordinate is above 0 of those that are separable, and 0 of vectors that come with their negatives.
        var random = new Seed(seed).Random();
        var rows = new List<(double[] Z, bool Separable)>();
        for (var i = 0; i < separable; i++) rows.Add(([1 + random.Next(5), .. Numbers()], true));
        for (var i = 0; i < pairs; i++)
        {
            double[] z = [0, 1 + random.Next(9), .. Numbers().Skip(1)];
            rows.AddRange([(z, false), ([.. z.Select(v => -v)], false)]);
        }
        if (rows.Count == 0) return;
        var order = random.Permutation(rows.Count);
        Assert.Equal(order.Select(i => rows[i].Separable), SeparableSubset.Of([.. order.Select(i => rows[i].Z)], TestContext.Current.CancellationToken));

        IEnumerable<double> Numbers() => Enumerable.Range(1, dimension - 1).Select(_ => (double)(random.Next(21) - 10)).ToArray();
    }, iter: 200);

    [Fact]
    public void NothingIsSeparableWhereACombinationOfAllCancels() =>
        Assert.Equal([false, false, false], SeparableSubset.Of([[1, 0], [-1, 2], [-1, -1]], TestContext.Current.CancellationToken));

    [Fact]
    public void AnImageOfNoLengthIsNot() => Assert.Equal([true, false], SeparableSubset.Of([[1, 2], [0, 0]], TestContext.Current.CancellationToken));
}
