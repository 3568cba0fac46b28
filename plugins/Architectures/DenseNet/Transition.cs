using static TorchSharp.torch;

namespace Harness.Architectures.DenseNet;

/// <summary>Batch norm, ReLU, 1x1 convolution and 2x2 average pooling between two dense blocks.</summary>
internal sealed class Transition : nn.Module<Tensor, Tensor>
{
    private readonly NormConv conv;

    public Transition(int channels, int kept) : base(nameof(Transition))
    {
        conv = new NormConv(channels, kept, kernel: 1);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var mixed = conv.call(x);
        return nn.functional.avg_pool2d(mixed, 2);
    }
}
