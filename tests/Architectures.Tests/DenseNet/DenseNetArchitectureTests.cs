using Harness;
using Harness.Architectures.DenseNet;
using static TorchSharp.torch;

namespace Architectures.Tests.DenseNet;

public class DenseNetArchitectureTests
{
    /// <summary>Huang et al. 2017 with torchvision's counts: 224x224x3, 1000 classes.</summary>
    [Theory]
    [InlineData(121, 1024, 7_978_856)]
    [InlineData(169, 1664, 14_149_480)]
    [InlineData(201, 1920, 20_013_928)]
    public void ParametersOnImageNetAreThePublished(int depth, int features, long published)
    {
        using var scope = NewDisposeScope();
        using var network = new DenseNetArchitecture(new() { Depth = depth }).Build(new(3, 224, 224), 1000);
        Assert.Equal(published, network.ParameterCount());
        Assert.Equal([1000, features], network.Head.weight.shape);
    }

    /// <summary>
    /// Huang et al. 2017, table 2: 1.0 M, 0.8 M and 15.3 M on CIFAR10. Depth 40 has 24 first channels here, as the collapse paper's p = 456
    /// says, and not 16.
    /// </summary>
    [Theory]
    [InlineData(40, 12, 456, 1_059_298)]
    [InlineData(100, 12, 342, 769_162)]
    [InlineData(250, 24, 1734, 15_324_406)]
    public void ParametersOnCifar10AreTheSumOverLayers(int depth, int growth, int features, long count)
    {
        using var scope = NewDisposeScope();
        using var network = new DenseNetArchitecture(new() { Depth = depth }).Build(new(3, 32, 32), 10);
        var (sum, channels) = SumOverBlocks(depth, growth, inputChannels: 3, classes: 10);
        Assert.Equal((sum, channels), (network.ParameterCount(), features));
        Assert.Equal(count, network.ParameterCount());
        Assert.Equal([10, features], network.Head.weight.shape);
    }

    [Theory]
    [InlineData(40, 1, 28, 28, 28, 7)]
    [InlineData(40, 1, 32, 32, 32, 8)]
    [InlineData(100, 3, 32, 32, 32, 8)]
    [InlineData(40, 3, 96, 96, 96, 24)]
    [InlineData(121, 1, 28, 28, 28, 3)]
    [InlineData(121, 3, 96, 96, 96, 12)]
    [InlineData(121, 3, 224, 224, 56, 7)]
    public void AutoStemDividesLargeImagesOfTheLargeDesignOnly(int depth, int channels, int height, int width, int atFirst, int atLast)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var network = new DenseNetArchitecture(new() { Depth = depth, Width = 0.1 }).Build(new(channels, height, width), 10);
        var rows = new Dictionary<string, long>();
        using var observation = network.Observe((layer, activations) => rows[layer] = activations.shape[2]);

        Assert.Equal([2, 10], network.forward(Narrow.Images(2, new(channels, height, width))).shape);
        Assert.Equal(atFirst, rows[network.LayerNames[0]]);
        Assert.Equal(atLast, rows[network.LayerNames[^1]]);
    }

    [Theory]
    [InlineData(40, null, 0.5, 228)]
    [InlineData(40, 24, 0.5, 456)]
    [InlineData(40, null, 0.01, 152)]
    [InlineData(121, 12, 1, 384)]
    public void GrowthAndWidthScaleTheFeatures(int depth, int? growth, double width, int features)
    {
        using var scope = NewDisposeScope();
        using var network = new DenseNetArchitecture(new() { Depth = depth, Growth = growth, Width = width }).Build(new(3, 32, 32), 10);
        Assert.Equal(features, network.Head.weight.shape[1]);
    }

    [Theory]
    [InlineData(40, DenseNetStem.Auto, 3, "2 halvings of DenseNet40")]
    [InlineData(121, DenseNetStem.Imagenet, 31, "5 halvings of DenseNet121")]
    public void ImagesTooSmallAreRefused(int depth, DenseNetStem stem, int side, string why)
    {
        var architecture = new DenseNetArchitecture(new() { Depth = depth, Stem = stem });
        var error = Assert.Throws<PluginOptionException>(() => architecture.Build(new(1, side, side), 10));
        Assert.Contains(why, error.Message);
        Assert.Contains($"padTo: {side + 1}", error.Message);
    }

    /// <summary>
    /// Three-block designs: on c channels a plain layer has (9k + 2) c parameters, a BC layer (4k + 2) c + 8k + 36k²; the next is k wider.
    /// </summary>
    private static (long Sum, long Channels) SumOverBlocks(int depth, long k, long inputChannels, long classes)
    {
        var compact = depth != 40;
        var layers = (depth - 4) / (compact ? 6 : 3);
        var channels = 2 * k;
        var sum = 9 * inputChannels * channels;
        for (var block = 1; block <= 3; block++)
        {
            var inputs = layers * channels + k * layers * (layers - 1) / 2;
            sum += compact ? (4 * k + 2) * inputs + layers * (8 * k + 36 * k * k) : (9 * k + 2) * inputs;
            channels += layers * k;
            if (block == 3) break;
            var kept = compact ? channels / 2 : channels;
            sum += 2 * channels + channels * kept;
            channels = kept;
        }
        return (sum + 2 * channels + (channels + 1) * classes, channels);
    }
}
