using static TorchSharp.torch;

namespace Harness.Architectures.ResNet;

/// <summary>Two 3x3 convolutions and a shortcut around them (He et al. 2016, figure 5 left).</summary>
internal sealed class BasicBlock : nn.Module<Tensor, Tensor>
{
    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;
    private readonly ConvNorm? shortcut;

    public BasicBlock(int channels, int inner, int stride) : base(nameof(BasicBlock))
    {
        conv1 = new ConvNorm(channels, inner, kernel: 3, stride);
        conv2 = new ConvNorm(inner, inner, kernel: 3);
        if (channels != inner || stride != 1) shortcut = new ConvNorm(channels, inner, kernel: 1, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var activated = conv1.call(x).relu_();
        using var skipped = shortcut?.call(x) ?? x.alias();
        return conv2.call(activated).add_(skipped).relu_();
    }
}
