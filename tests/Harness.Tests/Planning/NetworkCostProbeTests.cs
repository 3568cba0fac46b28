using Harness.Planning;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Tests.Planning;

[Collection(nameof(DrawsFromLibtorch))]
public sealed class NetworkCostProbeTests
{
    [Fact]
    public void CountsConvolutionsAndLinearLayersAndWhatTheyKeep()
    {
        using var network = new TwoLayers(useCall: true);
        // 3x8x8 -> convolution 3x3, stride 2, two groups -> 4x4x4 -> batch norm -> mean -> linear 5.
        var cost = NetworkCostProbe.Measure(network, new(2, 8, 8))!;
        Assert.Equal(2 * (4 * 1 * 3 * 3) * (4 * 4) + 2 * (4 * 5), cost.ForwardFlops);
        Assert.Equal(4 * (2 * 8 * 8 + 4 * 4 * 4 + 4), cost.ActivationBytes);
    }

    [Fact]
    public void WhatCannotBeCountedIsNotGuessed()
    {
        using var network = new TwoLayers(useCall: false);
        Assert.Null(NetworkCostProbe.Measure(network, new(2, 8, 8)));
    }

    /// <summary>Uses its first layer by call, which runs hooks, or by forward, which does not.</summary>
    private sealed class TwoLayers : Classifier
    {
        private readonly bool useCall;
        private readonly Conv2d conv = nn.Conv2d(2, 4, 3, stride: 2, padding: 1, groups: 2, bias: false);
        private readonly BatchNorm2d norm = nn.BatchNorm2d(4);
        private readonly Linear head = nn.Linear(4, 5);

        public TwoLayers(bool useCall) : base("two layers")
        {
            this.useCall = useCall;
            RegisterComponents();
        }

        public override Linear Head => head;

        public override Tensor Features(Tensor images) => norm.call(useCall ? conv.call(images) : conv.forward(images)).mean([2, 3]);
    }
}
