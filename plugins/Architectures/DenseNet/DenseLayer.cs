using static TorchSharp.torch;

namespace Harness.Architectures.DenseNet;

/// <summary>
/// Appends k channels to those it gets, made by a 3x3 convolution; with a bottleneck, a 1x1 convolution to 4k channels comes first.
/// </summary>
internal sealed class DenseLayer : nn.Module<Tensor, Tensor>
{
    private readonly NormConv? bottleneck;
    private readonly NormConv grow;

    public DenseLayer(int channels, int growth, bool compact) : base(nameof(DenseLayer))
    {
        if (compact) bottleneck = new NormConv(channels, 4 * growth, kernel: 1);
        grow = new NormConv(compact ? 4 * growth : channels, growth, kernel: 3);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var narrowed = bottleneck?.call(x) ?? x.alias();
        using var grown = grow.call(narrowed);
        return cat([x, grown], 1);
    }
}
