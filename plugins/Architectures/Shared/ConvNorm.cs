using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures;

/// <summary>
/// A convolution and its batch norm. Its output may be changed in place (ReLU, the sum with a shortcut): batch norm's gradient needs its
/// input, not its output.
/// </summary>
internal sealed class ConvNorm : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d norm;

    /// <summary>An odd kernel with half of it as padding: only the stride changes height and width.</summary>
    public ConvNorm(int channels, int outer, int kernel, int stride = 1, bool bias = false) : base(nameof(ConvNorm))
    {
        conv = nn.Conv2d(channels, outer, kernel, stride, padding: kernel / 2, bias: bias);
        norm = nn.BatchNorm2d(outer);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        using var convolved = conv.call(x);
        return norm.call(convolved);
    }
}
