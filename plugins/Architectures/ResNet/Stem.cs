using static TorchSharp.torch;

namespace Harness.Architectures.ResNet;

/// <summary>Convolution, batch norm, ReLU; where it is not the small one, max-pooling.</summary>
internal sealed class Stem : nn.Module<Tensor, Tensor>
{
    private readonly bool small;
    private readonly ConvNorm conv;

    public Stem(int inputChannels, int channels, bool small) : base(nameof(Stem))
    {
        this.small = small;
        conv = small ? new ConvNorm(inputChannels, channels, kernel: 3) : new ConvNorm(inputChannels, channels, kernel: 7, stride: 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        var activated = conv.call(images).relu_();
        if (small) return activated;
        using var large = activated;
        return nn.functional.max_pool2d(large, kernel_size: 3, stride: 2, padding: 1);
    }
}
