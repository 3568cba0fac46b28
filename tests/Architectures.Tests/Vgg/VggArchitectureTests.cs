using Harness;
using Harness.Architectures.Vgg;
using static TorchSharp.torch;

namespace Architectures.Tests.Vgg;

public class VggArchitectureTests
{
    private static readonly Dictionary<int, int[]> Configurations = new()
    {
        [11] = [64, 128, 256, 256, 512, 512, 512, 512],
        [13] = [64, 64, 128, 128, 256, 256, 512, 512, 512, 512],
        [16] = [64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512],
        [19] = [64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512],
    };

    /// <summary>
    /// The published counts (torchvision's vgg*_bn, 224x224x3, 1000 classes) plus the two batch norms of the head, 4 x 4096 parameters,
    /// that this variant has where the published one has dropout.
    /// </summary>
    [Theory]
    [InlineData(11, 132_868_840)]
    [InlineData(13, 133_053_736)]
    [InlineData(16, 138_365_992)]
    [InlineData(19, 143_678_248)]
    public void SumOverLayersIsThePublishedCountAndTheHeadsBatchNorms(int depth, long published) =>
        Assert.Equal(published + 4 * 4096, SumOverLayers(depth, channels: 3, positions: 49, classes: 1000));

    [Fact]
    public void Vgg19OnImageNetHasThePublishedParametersAndTheHeadsBatchNorms()
    {
        using var scope = NewDisposeScope();
        using var network = new VggArchitecture(new() { Depth = 19 }).Build(new(3, 224, 224), 1000);
        Assert.Equal(143_694_632, network.ParameterCount());
    }

    [Theory]
    [InlineData(11, 28_165_898)]
    [InlineData(13, 28_350_794)]
    [InlineData(16, 33_663_050)]
    [InlineData(19, 38_975_306)]
    public void ParametersOnCifar10AreTheSumOverLayers(int depth, long count)
    {
        using var scope = NewDisposeScope();
        using var network = new VggArchitecture(new() { Depth = depth }).Build(new(3, 32, 32), 10);
        Assert.Equal(SumOverLayers(depth, channels: 3, positions: 1, classes: 10), network.ParameterCount());
        Assert.Equal(count, network.ParameterCount());
        Assert.Equal([10, 4096], network.Head.weight.shape);
    }

    [Theory]
    [InlineData(1, 32, 32, 1)]
    [InlineData(3, 32, 32, 1)]
    [InlineData(3, 96, 96, 9)]
    [InlineData(3, 40, 70, 2)]
    [InlineData(3, 224, 224, 49)]
    public void HeadTakesEveryPositionLeft(int channels, int height, int width, int positions)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = new VggArchitecture(new() { Depth = 11, Width = 0.0625 }).Build(new(channels, height, width), 10);
        var shapes = new Dictionary<string, long[]>();
        using var observation = network.Observe((layer, activations) => shapes[layer] = activations.shape);

        Assert.Equal([2, 10], network.forward(Narrow.Images(2, new(channels, height, width))).shape);
        Assert.Equal([2, 8, height / 4, width / 4], shapes["stage2"]);
        Assert.Equal([2, 32, height / 32, width / 32], shapes["stage5"]);
        Assert.Equal(positions, shapes["stage5"][2] * shapes["stage5"][3]);
        Assert.Equal([2, 256], shapes["fc1"]);
    }

    [Fact]
    public void ImagesTooSmallForFivePoolingsAreRefusedWithTheCure()
    {
        var error = Assert.Throws<PluginOptionException>(() => new VggArchitecture(new()).Build(new(1, 28, 28), 10));
        Assert.Equal(
            "Images of 28x28x1 are too small for the five poolings of VGG: set padTo: 32 on the data set, or more.", error.Message);
    }

    private static long SumOverLayers(int depth, long channels, long positions, long classes)
    {
        var sum = 0L;
        foreach (var wider in Configurations[depth])
        {
            sum += 9 * channels * wider + wider + 2 * wider;
            channels = wider;
        }
        return sum + (512 * positions + 1) * 4096 + 2 * 4096 + 4097 * 4096 + 2 * 4096 + 4097 * classes;
    }
}
