using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Torch;

/// <summary>Convolution, batch norm, ReLU, mean over pixels, linear: weights are waves, so that no generator is involved.</summary>
internal sealed class SelfTestNetwork : nn.Module<Tensor, Tensor>
{
    public SelfTestNetwork() : base("self-test")
    {
        Convolution = nn.Conv2d(3, 4, 3, padding: 1, bias: false);
        Norm = nn.BatchNorm2d(4);
        Linear = nn.Linear(4, 3);
        RegisterComponents();
        using var frozen = no_grad();
        Convolution.weight!.copy_(Wave(0.53, 4, 3, 3, 3));
        Linear.weight!.copy_(Wave(1.1, 3, 4));
        Linear.bias!.zero_();
    }

    /// <summary>Weight 4 x 3 x 3 x 3.</summary>
    public Conv2d Convolution { get; }

    /// <summary>Over 4 channels.</summary>
    public BatchNorm2d Norm { get; }

    /// <summary>Weight 3 x 4.</summary>
    public Linear Linear { get; }

    /// <summary>sin(frequency k) at the k-th entry, counted from 1, float32.</summary>
    public static Tensor Wave(double frequency, params long[] shape) =>
        tensor(Enumerable.Range(1, (int)shape.Aggregate((a, b) => a * b)).Select(k => (float)Math.Sin(frequency * k)).ToArray(), shape);

    public override Tensor forward(Tensor images) =>
        Linear.forward(nn.functional.relu(Norm.forward(Convolution.forward(images))).mean([2, 3]));
}
