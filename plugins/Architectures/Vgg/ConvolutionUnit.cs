using static TorchSharp.torch;

namespace Harness.Architectures.Vgg;

/// <summary>3x3 convolution with bias, batch norm, ReLU; keeps height and width.</summary>
internal sealed class ConvolutionUnit : nn.Module<Tensor, Tensor>
{
    private readonly ConvNorm conv;

    public ConvolutionUnit(int channels, int wider) : base(nameof(ConvolutionUnit))
    {
        conv = new ConvNorm(channels, wider, kernel: 3, bias: true);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => conv.call(x).relu_();
}
