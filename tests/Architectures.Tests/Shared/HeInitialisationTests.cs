using Harness.Architectures.ResNet;
using static TorchSharp.torch;

namespace Architectures.Tests.Shared;

public class HeInitialisationTests
{
    [Fact]
    public void ConvolutionsAreNormalWithVarianceTwoOverFanOut()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new ResNetArchitecture(new()).Build(new(3, 32, 32), 10);
        var weights = network.named_parameters().Where(p => p.parameter.Dimensions == 4).Select(p => p.parameter).ToList();
        Assert.Equal(20, weights.Count);
        foreach (var weight in weights)
        {
            // z is standard normal: moments 0, 1 and 3, whose sample values deviate by about 1/√n, √(2/n) and √(96/n).
            var z = weight.to(float64) * Math.Sqrt(weight.shape[0] * weight.shape[2] * weight.shape[3] / 2.0);
            var n = (double)z.numel();
            Assert.Equal(0, z.mean().item<double>(), 5 / Math.Sqrt(n));
            Assert.Equal(1, z.square().mean().item<double>(), 5 * Math.Sqrt(2 / n));
            Assert.Equal(3, z.pow(4).mean().item<double>(), 5 * Math.Sqrt(96 / n));
        }
    }

    [Fact]
    public void BatchNormStartsAsTheIdentityAndTheHeadWithinPyTorchsBounds()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new ResNetArchitecture(new()).Build(new(3, 32, 32), 10);
        foreach (var (name, parameter) in network.named_parameters().Where(p => p.name.Contains("norm", StringComparison.Ordinal)))
            Assert.True((parameter == (name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0)).all().item<bool>(), name);
        var bound = 1 / Math.Sqrt(512);
        var largest = network.Head.weight.abs().max().item<float>();
        Assert.InRange(largest, 0.99 * bound, bound * 1.0001);
    }
}
