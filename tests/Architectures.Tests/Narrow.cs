using Harness;
using Harness.Architectures.DenseNet;
using Harness.Architectures.Mlp;
using Harness.Architectures.ResNet;
using Harness.Architectures.Vgg;
using static TorchSharp.torch;

namespace Architectures.Tests;

/// <summary>Small networks of every family, by name, and random images for them.</summary>
internal static class Narrow
{
    public const int Classes = 3;

    public static readonly ImageShape Input = new(1, 32, 32);

    private static readonly Dictionary<string, IArchitecture> Architectures = new()
    {
        ["vgg11"] = new VggArchitecture(new() { Depth = 11, Width = 0.0625 }),
        ["resnet18"] = new ResNetArchitecture(new() { Depth = 18, Width = 0.0625 }),
        ["resnet50"] = new ResNetArchitecture(new() { Depth = 50, Width = 0.0625 }),
        ["resnet18-imagenet"] = new ResNetArchitecture(new() { Depth = 18, Width = 0.0625, Stem = ResNetStem.Imagenet }),
        ["densenet40"] = new DenseNetArchitecture(new() { Depth = 40, Width = 0.34 }),
        ["densenet100"] = new DenseNetArchitecture(new() { Depth = 100, Width = 0.34 }),
        ["densenet121-imagenet"] = new DenseNetArchitecture(new() { Depth = 121, Width = 0.125, Stem = DenseNetStem.Imagenet }),
        ["mlp"] = new MlpArchitecture(new() { Depth = 3, Width = 24 }),
        ["mlp-bias-free"] = new MlpArchitecture(new() { Depth = 4, Width = 24, Bias = false }),
    };

    public static TheoryData<string> Names => [.. Architectures.Keys];

    public static Classifier Build(string name, long seed = 1)
    {
        manual_seed(seed);
        return Architectures[name].Build(Input, Classes);
    }

    /// <summary>Standard normal images; the caller's dispose scope owns them.</summary>
    public static Tensor Images(int count, ImageShape? shape = null)
    {
        var (channels, height, width) = shape ?? Input;
        using var generator = new Generator(7, CPU);
        return randn([count, channels, height, width], generator: generator);
    }

    public static long ParameterCount(this nn.Module network) => network.parameters().Sum(p => p.numel());
}
