using Harness;
using Harness.Architectures.Mlp;
using Testing.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Metrics.Tests.Spectrum;

/// <summary>A network of a few dozen weights in float64 with images, small enough that every matrix can be written down. Belongs to the dispose scope it is made in.</summary>
internal sealed class TinyNetwork
{
    public const int Classes = 4;

    private TinyNetwork(Classifier classifier, Tensor pixels, int[] labels)
    {
        Classifier = classifier;
        Pixels = pixels;
        Labels = labels;
        Parameters = [.. classifier.parameters().Where(p => p.requires_grad)];
        Trained = new(classifier, new Dictionary<Split, ImageSet> { [Split.Train] = new TensorImages(pixels, labels), [Split.Test] = new TensorImages(pixels, labels) });
        classifier.eval();
    }

    public Classifier Classifier { get; }

    public Tensor Pixels { get; }

    public int[] Labels { get; }

    public TestNetwork Trained { get; }

    public Parameter[] Parameters { get; }

    public int Dimension => (int)Parameters.Sum(p => p.numel());

    /// <summary>Two layers with biases on six pixels: 6 x 5 + 5 + 5 x 4 + 4 = 59 weights.</summary>
    public static TinyNetwork Mlp(ulong seed, int images = 14, ScalarType precision = ScalarType.Float64)
    {
        var classifier = new MlpArchitecture(new() { Depth = 2, Width = 5 }).Build(new(1, 2, 3), Classes);
        using (no_grad())
        {
            foreach (var (name, parameter) in classifier.named_parameters())
                parameter.copy_(new Seed(seed).Derive(name).Uniform(-1.5, 1.5, parameter.shape));
        }
        return new(classifier.to(precision), new Seed(seed).Derive("pixels").Uniform(-1, 1, images, 1, 2, 3).to(precision), Drawn(seed, images));
    }

    /// <summary>Convolution, batch norm in eval mode, ReLU, pooling.</summary>
    public static TinyNetwork Conv(ulong seed, int images = 9, ScalarType precision = ScalarType.Float64) => new(
        new ConvClassifier(new Seed(seed), 1, Classes, width: 3).to(precision),
        new Seed(seed).Derive("pixels").Uniform(-2, 2, images, 1, 4, 4).to(precision), Drawn(seed, images));

    /// <summary>∂z/∂θ, N x C x P, a backward pass for each logit.</summary>
    public double[,][] Jacobian()
    {
        var rows = new double[Labels.Length, Classes][];
        for (var i = 0; i < Labels.Length; i++)
        {
            for (var c = 0; c < Classes; c++) rows[i, c] = Gradient(() => Logits()[i, c]);
        }
        return rows;
    }

    /// <summary>The Hessian of the loss by central differences of its gradient, P x P.</summary>
    public Tensor Hessian()
    {
        var unit = eye(Dimension, dtype: ScalarType.Float64);
        return stack([.. Enumerable.Range(0, Dimension).Select(j => tensor(HessianAlong(unit[j])))]);
    }

    /// <summary>The Hessian of the loss times a vector, by the central difference of its gradient.</summary>
    public double[] HessianAlong(Tensor direction)
    {
        const double Step = 1e-5;
        Move(direction, Step);
        var above = Gradient(Loss);
        Move(direction, -2 * Step);
        var below = Gradient(Loss);
        Move(direction, Step);
        return [.. above.Zip(below, (a, b) => (a - b) / (2 * Step))];
    }

    public Tensor Logits() => Classifier.forward(Pixels);

    private Tensor Loss() => nn.functional.cross_entropy(Logits(), tensor(Labels.Select(l => (long)l).ToArray()));

    private void Move(Tensor direction, double by)
    {
        using var noGradients = no_grad();
        long start = 0;
        foreach (var parameter in Parameters)
        {
            parameter.add_(direction.narrow(0, start, parameter.numel()).view(parameter.shape) * by);
            start += parameter.numel();
        }
    }

    private double[] Gradient(Func<Tensor> of)
    {
        using var scope = NewDisposeScope();
        using var on = enable_grad();
        of().backward();
        var gradient = cat([.. Parameters.Select(p => (p.grad ?? zeros_like(p)).flatten())]).data<double>().ToArray();
        foreach (var parameter in Parameters) parameter.grad = null;
        return gradient;
    }

    private static int[] Drawn(ulong seed, int images)
    {
        var random = new Seed(seed).Derive("labels").Random();
        return [.. Enumerable.Range(0, images).Select(i => i < Classes ? i : random.Next(Classes))];
    }
}
