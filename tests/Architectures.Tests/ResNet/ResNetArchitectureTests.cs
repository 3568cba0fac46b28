using Harness;
using Harness.Architectures.ResNet;
using static TorchSharp.torch;

namespace Architectures.Tests.ResNet;

public class ResNetArchitectureTests
{
    /// <summary>He et al. 2016 with torchvision's counts: 224x224x3, 1000 classes.</summary>
    [Theory]
    [InlineData(18, 512, 11_689_512)]
    [InlineData(34, 512, 21_797_672)]
    [InlineData(50, 2048, 25_557_032)]
    [InlineData(101, 2048, 44_549_160)]
    [InlineData(152, 2048, 60_192_808)]
    public void ParametersOnImageNetAreThePublished(int depth, int features, long published)
    {
        using var scope = NewDisposeScope();
        using var network = new ResNetArchitecture(new() { Depth = depth }).Build(new(3, 224, 224), 1000);
        Assert.Equal(published, network.ParameterCount());
        Assert.Equal([1000, features], network.Head.weight.shape);
    }

    /// <summary>The small stem has 9 weights where the published one has 49, for each input channel and each of the 64 outputs.</summary>
    [Theory]
    [InlineData(18, 1, 10, 11_172_810)]
    [InlineData(18, 3, 10, 11_173_962)]
    [InlineData(50, 3, 100, 23_705_252)]
    public void ParametersOnSmallImages(int depth, int channels, int classes, long count)
    {
        using var scope = NewDisposeScope();
        using var network = new ResNetArchitecture(new() { Depth = depth }).Build(new(channels, 32, 32), classes);
        var (published, features) = depth == 18 ? (11_689_512, 512) : (25_557_032, 2048);
        Assert.Equal(published - (3 * 49 - channels * 9) * 64 - (features + 1) * (1000 - classes), count);
        Assert.Equal(count, network.ParameterCount());
    }

    [Theory]
    [InlineData(1, 28, 28, 28, 7)]
    [InlineData(1, 32, 32, 32, 8)]
    [InlineData(3, 32, 32, 32, 8)]
    [InlineData(3, 96, 96, 96, 24)]
    [InlineData(3, 127, 200, 127, 32)]
    [InlineData(3, 128, 128, 32, 8)]
    [InlineData(3, 224, 224, 56, 14)]
    public void AutoStemKeepsTheResolutionOfSmallImagesOnly(int channels, int height, int width, int atStage1, int atStage3)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = new ResNetArchitecture(new() { Depth = 18, Width = 0.0625 }).Build(new(channels, height, width), 10);
        var rows = new Dictionary<string, long>();
        using var observation = network.Observe((layer, activations) => rows[layer] = activations.shape[2]);

        Assert.Equal([2, 10], network.forward(Narrow.Images(2, new(channels, height, width))).shape);
        Assert.Equal(atStage1, rows["stage1"]);
        Assert.Equal(atStage3, rows["stage3"]);
    }

    [Theory]
    [InlineData(18, 0.5, 256)]
    [InlineData(18, 0.0625, 32)]
    [InlineData(18, 0.001, 4)]
    [InlineData(50, 0.0625, 128)]
    public void WidthScalesTheFeatures(int depth, double width, int features)
    {
        using var scope = NewDisposeScope();
        using var network = new ResNetArchitecture(new() { Depth = depth, Width = width }).Build(new(3, 32, 32), 10);
        Assert.Equal(features, network.Head.weight.shape[1]);
    }

    [Theory]
    [InlineData(ResNetStem.Auto, 7, "three halvings of ResNet")]
    [InlineData(ResNetStem.Imagenet, 31, "five halvings of ResNet")]
    public void ImagesTooSmallAreRefused(ResNetStem stem, int side, string why)
    {
        var error = Assert.Throws<PluginOptionException>(() => new ResNetArchitecture(new() { Stem = stem }).Build(new(1, side, side), 10));
        Assert.Contains(why, error.Message);
        Assert.Contains($"padTo: {side + 1}", error.Message);
    }
}
