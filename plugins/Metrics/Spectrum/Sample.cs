namespace Harness.Metrics.Spectrum;

/// <summary>Images drawn at random, of every class as many as there are and are wanted.</summary>
internal static class Sample
{
    /// <summary>Draws. A smaller draw from the same labels is the beginning of a larger one.</summary>
    /// <param name="labels">The label of every image.</param>
    /// <param name="count">How many; all where there are fewer.</param>
    /// <param name="seed">Where the order comes from.</param>
    /// <returns>Which images, in the order drawn: the first of each class, the second of each, and so on.</returns>
    public static int[] Balanced(IReadOnlyList<int> labels, int count, Seed seed)
    {
        var order = seed.Random().Permutation(labels.Count);
        var drawn = new Dictionary<int, int>();
        return
        [
            .. order.Select(i => (Image: i, Rank: drawn[labels[i]] = drawn.GetValueOrDefault(labels[i]) + 1)).ToList()
                .OrderBy(d => d.Rank).Take(count).Select(d => d.Image),
        ];
    }
}
