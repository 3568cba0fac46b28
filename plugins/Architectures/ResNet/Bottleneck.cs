using static TorchSharp.torch;

namespace Harness.Architectures.ResNet;

/// <summary>
/// 1x1, 3x3 and 1x1 convolution, the last <see cref="Expansion"/> times as wide, and a shortcut (He et al. 2016, figure 5 right).
/// </summary>
internal sealed class Bottleneck : nn.Module<Tensor, Tensor>
{
    public const int Expansion = 4;

    private readonly ConvNorm conv1;
    private readonly ConvNorm conv2;
    private readonly ConvNorm conv3;
    private readonly ConvNorm? shortcut;

    public Bottleneck(int channels, int inner, int stride) : base(nameof(Bottleneck))
    {
        var outer = inner * Expansion;
        conv1 = new ConvNorm(channels, inner, kernel: 1);
        conv2 = new ConvNorm(inner, inner, kernel: 3, stride);
        conv3 = new ConvNorm(inner, outer, kernel: 1);
        if (channels != outer || stride != 1) shortcut = new ConvNorm(channels, outer, kernel: 1, stride);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var skipped = shortcut?.call(x) ?? x.alias();
        return Residual(x).add_(skipped).relu_();
    }

    private Tensor Residual(Tensor x)
    {
        using var narrowed = conv1.call(x).relu_();
        using var activated = conv2.call(narrowed).relu_();
        return conv3.call(activated);
    }
}
