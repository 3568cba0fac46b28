using Harness;
using Harness.Metrics.Robustness.FixedEps;
using Testing.Networks;
using static TorchSharp.torch;

namespace Metrics.Tests.Robustness.FixedEps;

/// <summary>A linear classifier on grey images far from black and white, whose distance to the boundary is known in every norm.</summary>
internal sealed class LinearProblem
{
    private readonly double[][] weight;
    private readonly double[][] images;
    private readonly double[] bias;

    public LinearProblem(int classes, int count = 6, double scale = 1, ulong seed = 11, int side = 3)
    {
        var p = 3 * side * side;
        var random = new Seed(seed).Derive("linear", classes).Random();
        weight = [.. Enumerable.Range(0, classes).Select(_ => Enumerable.Range(0, p).Select(_ => scale * random.NextDouble(-1, 1)).ToArray())];
        bias = [.. weight.Select(row => -0.5 * row.Sum() + scale * random.NextDouble(-0.1, 0.1))];
        images = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, p).Select(_ => random.NextDouble(0.45, 0.55)).ToArray())];
        Labels = [.. images.Select(x => Array.IndexOf(Logits(x), Logits(x).Max()))];
        Pixels = tensor(images.SelectMany(x => x).ToArray(), ScalarType.Float32).view(count, 3, side, side);
        var linear = new LinearClassifier(tensor(weight.SelectMany(w => w).ToArray(), ScalarType.Float32).view(classes, p), tensor(bias, ScalarType.Float32));
        Network = new(linear, new Dictionary<Split, ImageSet> { [Split.Test] = new TensorImages(Pixels, Labels) });
    }

    public int[] Labels { get; }

    public Tensor Pixels { get; }

    public TestNetwork Network { get; }

    public int Count => images.Length;

    /// <summary>The distance of an image to the nearest boundary.</summary>
    public double Radius(int image, Norm norm)
    {
        var z = Logits(images[image]);
        var y = Labels[image];
        return Enumerable.Range(0, z.Length).Where(c => c != y).Min(c =>
        {
            var w = weight[y].Zip(weight[c], (a, b) => a - b).ToArray();
            return (z[y] - z[c]) / (norm == Norm.Linf ? w.Sum(Math.Abs) : Math.Sqrt(w.Sum(v => v * v)));
        });
    }

    /// <summary>One image under attack.</summary>
    public Victims Victim(int image) => new(Pixels.narrow(0, image, 1), tensor(new long[] { Labels[image] }), [image]);

    /// <summary>All of them.</summary>
    public Victims All => new(Pixels, tensor(Labels.Select(y => (long)y).ToArray()), [.. Enumerable.Range(0, Count)]);

    /// <summary>Whether an attack breaks an image at a multiple of its distance.</summary>
    public bool Breaks(IAttack attack, int image, Norm norm, double times)
    {
        var ball = new Ball(norm, times * Radius(image, norm));
        using var noGradients = no_grad();
        var verdict = Verdict.Of(Network, Victim(image), ball, attack.Run(Victim(image), ball, new(3)))[0];
        Assert.False(verdict.Outside);
        return verdict.Broken;
    }

    private double[] Logits(double[] x) => [.. weight.Select((row, c) => row.Zip(x, (a, v) => a * v).Sum() + bias[c])];
}
