using static TorchSharp.torch;

namespace Harness.Architectures.DenseNet;

/// <summary>7x7 convolution, stride 2, batch norm, ReLU and 3x3 max-pooling, stride 2.</summary>
internal sealed class ImageNetStem : nn.Module<Tensor, Tensor>
{
    private readonly ConvNorm conv;

    public ImageNetStem(int inputChannels, int channels) : base(nameof(ImageNetStem))
    {
        conv = new ConvNorm(inputChannels, channels, kernel: 7, stride: 2);
        RegisterComponents();
    }

    public override Tensor forward(Tensor images)
    {
        using var activated = conv.call(images).relu_();
        return nn.functional.max_pool2d(activated, kernel_size: 3, stride: 2, padding: 1);
    }
}
