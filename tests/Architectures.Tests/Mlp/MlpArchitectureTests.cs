using Harness;
using Harness.Architectures.Mlp;
using static TorchSharp.torch;

namespace Architectures.Tests.Mlp;

public class MlpArchitectureTests
{
    [Theory]
    [InlineData(1, true, 784 * 10 + 10)]
    [InlineData(2, true, 784 * 50 + 50 + 50 * 10 + 10)]
    [InlineData(4, false, 784 * 50 + 50 * 50 * 2 + 50 * 10)]
    public void ParametersAreTheSumOverLayers(int depth, bool bias, long count)
    {
        using var scope = NewDisposeScope();
        using var network = Build(depth, bias, new(1, 28, 28));
        Assert.Equal(count, network.ParameterCount());
        Assert.Equal(depth, network.named_parameters().Count(p => p.name.EndsWith("weight", StringComparison.Ordinal)));
        Assert.Equal([10, depth == 1 ? 784 : 50], network.Head.weight.shape);
    }

    [Fact]
    public void LayersAreThoseBeforeTheFeatures()
    {
        using var scope = NewDisposeScope();
        using var deep = Build(4, bias: true, new(3, 5, 7));
        using var shallow = Build(2, bias: true, new(3, 5, 7));
        Assert.Equal(["hidden1", "hidden2"], deep.LayerNames);
        Assert.Empty(shallow.LayerNames);
    }

    [Fact]
    public void WithDepthOneTheFeaturesAreThePixels()
    {
        using var scope = NewDisposeScope();
        using var network = Build(1, bias: true, new(3, 5, 7));
        var images = Narrow.Images(2, new(3, 5, 7));
        var logits = network.forward(images);
        Assert.Equal([2, 10], logits.shape);
        Assert.True((network.Features(images) == images.view(2, -1)).all().item<bool>());
    }

    /// <summary>Powers of two scale float32 without rounding, so the law holds to the last bit.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void WithoutBiasesTheLogitsAreHomogeneousOfDegreeDepth(int depth)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = Build(depth, bias: false, new(1, 6, 6));
        var images = Narrow.Images(8, new(1, 6, 6));
        var before = network.forward(images);
        foreach (var parameter in network.parameters()) parameter.mul_(2);
        Assert.True((network.forward(images) == before * Math.Pow(2, depth)).all().item<bool>());
    }

    [Fact]
    public void WeightsAreNormalWithVarianceTwoOverFanInAndBiasesZero()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new MlpArchitecture(new() { Depth = 3, Width = 300 }).Build(new(1, 28, 28), 10);
        foreach (var (name, parameter) in network.named_parameters())
        {
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                Assert.True((parameter == 0).all().item<bool>(), name);
                continue;
            }
            var z = parameter.to(float64) * Math.Sqrt(parameter.shape[1] / 2.0);
            var n = (double)z.numel();
            Assert.Equal(0, z.mean().item<double>(), 5 / Math.Sqrt(n));
            Assert.Equal(1, z.square().mean().item<double>(), 5 * Math.Sqrt(2 / n));
        }
    }

    private static Classifier Build(int depth, bool bias, ImageShape input)
    {
        manual_seed(1);
        return new MlpArchitecture(new() { Depth = depth, Width = 50, Bias = bias }).Build(input, 10);
    }
}
