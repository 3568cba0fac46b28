using System.ComponentModel;
using Harness;
using Harness.Architectures.DenseNet;
using Harness.Architectures.Mlp;
using Harness.Architectures.ResNet;
using Harness.Architectures.Vgg;

namespace Architectures.Tests.Shared;

public class RequirementsTests
{
    private static readonly ImageShape Cifar = new(3, 32, 32);

    public static TheoryData<IArchitecture, string, string> Wrong => new()
    {
        { new VggArchitecture(new() { Depth = 12 }), "depth", "11, 13, 16 or 19" },
        { new ResNetArchitecture(new() { Depth = 20 }), "depth", "18, 34, 50, 101 or 152" },
        { new DenseNetArchitecture(new() { Depth = 161 }), "depth", "40, 100, 121, 169, 201 or 250" },
        { new DenseNetArchitecture(new() { Growth = 3 }), "growth", "4 to 256" },
        { new VggArchitecture(new() { Width = 0 }), "width", "above 0 and at most 4" },
        { new ResNetArchitecture(new() { Width = 4.5 }), "width", "above 0 and at most 4" },
        { new DenseNetArchitecture(new() { Width = double.NaN }), "width", "above 0 and at most 4" },
        { new ResNetArchitecture(new() { Stem = (ResNetStem)9 }), "stem", "auto, small or imagenet" },
        { new MlpArchitecture(new() { Depth = 0 }), "depth", "from 1 to 100" },
        { new MlpArchitecture(new() { Width = 0 }), "width", "from 1 to 65536" },
    };

    public static TheoryData<IArchitecture> All =>
        [new VggArchitecture(new()), new ResNetArchitecture(new()), new DenseNetArchitecture(new()), new MlpArchitecture(new())];

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void OptionsOutOfRangeAreRefusedWithTheRightOnes(IArchitecture architecture, string option, string right)
    {
        var error = Assert.Throws<PluginOptionException>(() => architecture.Build(Cifar, 10));
        Assert.Equal(option, error.Option);
        Assert.Contains(right, error.Message);
    }

    [Theory, MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void OneClassIsRefused(IArchitecture architecture) =>
        Assert.Contains("at least 2 classes", Assert.Throws<PluginOptionException>(() => architecture.Build(Cifar, 1)).Message);

    [Theory, MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void ImagesWithoutChannelsAreRefused(IArchitecture architecture) =>
        Assert.Contains("at least 1 channel", Assert.Throws<PluginOptionException>(() => architecture.Build(new(0, 32, 32), 10)).Message);

    [Theory]
    [InlineData(typeof(VggOptions))]
    [InlineData(typeof(ResNetOptions))]
    [InlineData(typeof(DenseNetOptions))]
    [InlineData(typeof(MlpOptions))]
    public void EveryOptionIsDescribed(Type options) =>
        Assert.All(options.GetProperties(), p => Assert.Contains(p.CustomAttributes, a => a.AttributeType == typeof(DescriptionAttribute)));
}
