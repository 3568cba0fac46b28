using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Architectures;

/// <summary>How the networks' weights start.</summary>
internal static class HeInitialisation
{
    /// <summary>
    /// Draws every convolution's weights from N(0, 2/fan-out) with fan-out = kernel height x kernel width x output channels (He et al.
    /// 2015, arXiv:1502.01852, section 2.2, the backward case, as ResNet and DenseNet were published) and sets their biases to 0. Batch
    /// norm keeps weight 1 and bias 0, linear layers PyTorch's default: weights and biases uniform in ±1/√(inputs).
    /// </summary>
    /// <param name="network">A network whose components are registered. Changed in place, in the order of registration.</param>
    public static void Apply(nn.Module network)
    {
        using var noGrad = no_grad();
        foreach (var convolution in network.modules().OfType<Conv2d>())
        {
            var weight = convolution.weight!;
            var fanOut = weight.shape[0] * weight.shape[2] * weight.shape[3];
            nn.init.normal_(weight, 0, Math.Sqrt(2.0 / fanOut));
            if (convolution.bias is { } bias) nn.init.zeros_(bias);
        }
    }

    /// <summary>
    /// Draws every linear layer's weights from N(0, 2/fan-in) (He et al. 2015, arXiv:1502.01852, equation 10, the forward case) and sets their biases to 0:
    /// for networks whose linear layers have no batch norm to set their scale.
    /// </summary>
    /// <param name="network">A network whose components are registered. Changed in place, in the order of registration.</param>
    public static void ApplyToLinear(nn.Module network)
    {
        using var noGrad = no_grad();
        foreach (var linear in network.modules().OfType<Linear>())
        {
            nn.init.normal_(linear.weight, 0, Math.Sqrt(2.0 / linear.weight.shape[1]));
            if (linear.bias is { } bias) nn.init.zeros_(bias);
        }
    }
}
