using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>Random perturbations, image by image from a seed, so that they do not depend on how images are batched.</summary>
internal static class RandomOffsets
{
    /// <summary>Uniform in the ball.</summary>
    /// <param name="ball">Which.</param>
    /// <param name="victims">For which images.</param>
    /// <param name="seed">Where they come from.</param>
    /// <returns>n x C x H x W, float64. The caller's dispose scope owns it.</returns>
    public static Tensor Uniform(Ball ball, Victims victims, Seed seed) => Each(victims, seed, (random, size) =>
    {
        if (ball.Norm == Norm.Linf) return Cube(random, size, ball.Radius);
        var values = Normal(random, size);
        return Scaled(values, ball.Radius * Math.Pow(random.NextDouble(), 1.0 / size) / Length(values));
    });

    /// <summary>On the ball's surface, as AutoAttack starts: a direction from the cube or the normal distribution, scaled to norm eps.</summary>
    /// <param name="ball">Which.</param>
    /// <param name="victims">For which images.</param>
    /// <param name="seed">Where they come from.</param>
    /// <returns>n x C x H x W, float64. The caller's dispose scope owns it.</returns>
    public static Tensor OnSurface(Ball ball, Victims victims, Seed seed) => Each(victims, seed, (random, size) =>
    {
        var values = ball.Norm == Norm.Linf ? Cube(random, size, 1) : Normal(random, size);
        return Scaled(values, ball.Radius / (ball.Norm == Norm.Linf ? values.Max(Math.Abs) : Length(values)));
    });

    private static Tensor Each(Victims victims, Seed seed, Func<SeededRandom, int, double[]> draw)
    {
        var size = (int)(victims.Pixels.numel() / victims.Pixels.shape[0]);
        var values = victims.Indices.SelectMany(i => draw(seed.Derive("image", i).Random(), size)).ToArray();
        return tensor(values, ScalarType.Float64, victims.Pixels.device).view(victims.Pixels.shape);
    }

    private static double[] Cube(SeededRandom random, int size, double radius) => [.. Enumerable.Range(0, size).Select(_ => random.NextDouble(-radius, radius))];

    /// <summary>Standard normal, by Box and Muller.</summary>
    private static double[] Normal(SeededRandom random, int size) =>
        [.. Enumerable.Range(0, size).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    private static double Length(double[] values) => Math.Sqrt(values.Sum(v => v * v));

    private static double[] Scaled(double[] values, double factor) => [.. values.Select(v => v * factor)];
}
