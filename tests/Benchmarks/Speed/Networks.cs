using Harness;
using Harness.Architectures.DenseNet;
using Harness.Architectures.ResNet;
using Harness.Architectures.Vgg;

namespace Benchmarks.Speed;

/// <summary>The networks that are timed: full width on 3 x 32 x 32, and those of the quickstart on 1 x 32 x 32.</summary>
internal static class Networks
{
    public const int Classes = 10;

    public static IReadOnlyDictionary<string, (IArchitecture Architecture, ImageShape Input)> All { get; } = new Dictionary<string, (IArchitecture, ImageShape)>
    {
        ["vgg11"] = (new VggArchitecture(new() { Depth = 11 }), new(3, 32, 32)),
        ["resnet18"] = (new ResNetArchitecture(new() { Depth = 18 }), new(3, 32, 32)),
        ["densenet40"] = (new DenseNetArchitecture(new() { Depth = 40 }), new(3, 32, 32)),
        ["vgg11-narrow"] = (new VggArchitecture(new() { Depth = 11, Width = 0.125 }), new(1, 32, 32)),
        ["resnet18-narrow"] = (new ResNetArchitecture(new() { Depth = 18, Width = 0.25, Stem = ResNetStem.Imagenet }), new(1, 32, 32)),
        ["densenet40-narrow"] = (new DenseNetArchitecture(new() { Depth = 40, Width = 0.34, Stem = DenseNetStem.Imagenet }), new(1, 32, 32)),
        ["densenet40-narrow-small-stem"] = (new DenseNetArchitecture(new() { Depth = 40, Width = 0.34, Stem = DenseNetStem.Small }), new(1, 32, 32)),
    };

    /// <summary>Whether it has the channels that its paper gives it.</summary>
    public static bool IsFullWidth(string name) => !name.Contains("narrow", StringComparison.Ordinal);
}
