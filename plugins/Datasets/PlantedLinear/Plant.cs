namespace Harness.Datasets.PlantedLinear;

/// <summary>
/// What is planted, for the difference u = w_1 − w_0 of a linear classifier's rows on pixels standardised to [−1, 1], x. With z = x in the class with the pattern and −x in the other, an image is classified
/// rightly where u·z > 0.
/// </summary>
/// <remarks>
/// z = s ∘ (g + a + r): s the pattern, of signs; g the margin of each pixel; a ≥ 0; r of sum 0. Images with a = 0 come in couples r = 2v and r = −v, so that 0 lies in the hull of their r: no direction
/// has a larger least z·u/‖u‖ than s/√d, with g √d. That the couples weigh 1/3 and 2/3 in it keeps gradient descent from lying in that direction at once. Images that cannot be separated are ±k (s ∘ p), p
/// half +1 and half −1, at three to one: they span a line orthogonal to s, on which the logistic risk is least where u·(s ∘ p) k = ln 3. Pixels are bytes, so x is an odd multiple of 1/255; all of this is in
/// whole multiples, and exact.
/// </remarks>
/// <param name="options">The options.</param>
internal sealed class Plant(PlantedLinearOptions options)
{
    /// <summary>Levels of 1/255 to the pixel.</summary>
    private const int Levels = 255;

    private const int MarginLevels = 77;
    private const int LineLevels = 153;

    private readonly Seed seed = new Seed(unchecked((ulong)options.Seed)).Derive("planted-linear");

    /// <summary>Dimension d.</summary>
    public int Dimension => options.Side * options.Side;

    /// <summary>s, d signs: u tends to its direction.</summary>
    public int[] Pattern
    {
        get
        {
            var random = seed.Derive("pattern").Random();
            return [.. Enumerable.Range(0, Dimension).Select(_ => 2 * random.Next(2) - 1)];
        }
    }

    /// <summary>The largest least z·u/‖u‖, of the separable images: g √d.</summary>
    public double Margin => MarginLevels * Math.Sqrt(Dimension) / Levels;

    /// <summary>s ∘ p, which spans the line of the images that cannot be separated.</summary>
    public int[] Line => [.. Pattern.Select((sign, j) => j < Dimension / 2 ? sign : -sign)];

    /// <summary>u on that line where the risk of those images is least: a multiple of <see cref="Line"/>, this the factor.</summary>
    public double Offset => Math.Log(3) * Levels / (LineLevels * Dimension);

    /// <summary>The images of a split.</summary>
    /// <param name="split">Which part.</param>
    public ImagesInMemory Images(Split split)
    {
        var count = split == Split.Train ? options.TrainImages : options.TestImages;
        var labels = new int[count];
        var pixels = new byte[count * Dimension];
        foreach (var (i, z) in Planted(count, seed.Derive(split == Split.Train ? "train" : "test").Random()).Index())
        {
            labels[i] = i / 2 % 2;
            for (var j = 0; j < Dimension; j++) pixels[i * Dimension + j] = (byte)((Levels + (2 * labels[i] - 1) * z[j]) / 2);
        }
        return new(new(1, options.Side, options.Side), pixels, labels);
    }

    /// <summary>z of each image in levels, odd numbers.</summary>
    private IEnumerable<int[]> Planted(int count, SeededRandom random)
    {
        var (pattern, line) = (Pattern, Line);
        var separable = options.Separable ? count : count * 4 / 5;
        int[] couple = [];
        for (var i = 0; i < count; i++)
        {
            if (i >= separable)
            {
                var side = i % 4 < 3 ? LineLevels : -LineLevels;
                yield return [.. line.Select(sign => side * sign)];
                continue;
            }
            // Two of four images are support vectors.
            if (i % 4 == 0) couple = Balanced(random, 10, 30);
            var (beyond, across) = (i % 4) switch
            {
                0 => (0, couple.Select(v => 2 * v)),
                1 => (0, couple.Select(v => -v)),
                _ => (2 * (10 + random.Next(20)), Balanced(random, 0, 40)),
            };
            yield return [.. across.Select((r, j) => pattern[j] * (MarginLevels + beyond + r))];
        }
    }

    /// <summary>Even levels of sum 0: twice a number from one to another, at half of the pixels, and the same taken away at the others.</summary>
    private int[] Balanced(SeededRandom random, int least, int most)
    {
        var levels = new int[Dimension];
        var pixels = random.Permutation(Dimension);
        for (var j = 0; j < Dimension; j += 2)
        {
            var level = 2 * (least + random.Next(most - least + 1));
            (levels[pixels[j]], levels[pixels[j + 1]]) = (level, -level);
        }
        return levels;
    }
}
