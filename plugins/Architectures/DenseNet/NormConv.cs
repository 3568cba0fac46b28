using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures.DenseNet;

/// <summary>Batch norm, ReLU, convolution without bias; keeps height and width.</summary>
internal sealed class NormConv : nn.Module<Tensor, Tensor>
{
    private readonly BatchNorm2d norm;
    private readonly Conv2d conv;

    public NormConv(int channels, int outer, int kernel) : base(nameof(NormConv))
    {
        norm = nn.BatchNorm2d(channels);
        conv = nn.Conv2d(channels, outer, kernel, padding: kernel / 2, bias: false);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        // In place is safe for autograd: batch norm's gradient needs its input, not its output.
        using var activated = norm.call(x).relu_();
        return conv.call(activated);
    }
}
