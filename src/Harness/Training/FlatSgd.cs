using Harness.Manifests;
using Harness.Torch.Native;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>
/// Stochastic gradient descent with momentum and weight decay, as PyTorch defines it (d = g + wd w; v = m v + d; w -= lr v), on one flat tensor: all
/// weights, all gradients and all velocities each lie in a single buffer of which the network's parameters are views, so that a step is one pass over
/// memory however many layers there are; three where libtorch's fused operator cannot be called, with the same bits.
/// </summary>
public sealed class FlatSgd : IDisposable
{
    // Keeps every parameter aligned for vector loads (64 bytes on a CPU, 256 on a GPU).
    private const long Alignment = 64;

    private readonly Tensor weights;
    private readonly Tensor gradients;

    /// <summary>Moves the network's parameters into a flat buffer. Build it after the network is on its device.</summary>
    /// <param name="network">Its parameters become views; its values stay what they are.</param>
    /// <param name="momentum">m, in [0, 1).</param>
    /// <param name="weightDecay">wd, at least 0.</param>
    /// <param name="channelsLast">Lays the weights of convolutions out as NHWC; networks then compute in that layout.</param>
    public FlatSgd(nn.Module network, double momentum, double weightDecay, bool channelsLast = false)
    {
        ChannelsLast = channelsLast;
        Momentum = momentum;
        WeightDecay = weightDecay;
        Parameter[] parameters = [.. network.parameters()];
        var length = parameters.Sum(p => Padded(p.NumberOfElements));
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        weights = zeros(length, ScalarType.Float32, parameters[0].device).DetachFromDisposeScope();
        gradients = zeros_like(weights).DetachFromDisposeScope();
        Velocity = zeros_like(weights).DetachFromDisposeScope();
        long at = 0;
        foreach (var parameter in parameters)
        {
            var view = View(weights, at, parameter.shape);
            view.copy_(parameter);
            parameter.set_(view);
            parameter.grad = View(gradients, at, parameter.shape);
            at += Padded(parameter.NumberOfElements);
        }
    }

    /// <summary>m.</summary>
    public double Momentum { get; }

    /// <summary>wd.</summary>
    public double WeightDecay { get; }

    /// <summary>Whether convolutions' weights lie as NHWC.</summary>
    public bool ChannelsLast { get; }

    /// <summary>v of all parameters, flat, with padding; the optimiser's only state, zero at the start. Owned by this object.</summary>
    public Tensor Velocity { get; }

    /// <summary>The optimiser of a cell, in the layout that the cell asks for.</summary>
    /// <param name="classifier">Its network.</param>
    /// <param name="training">Momentum, decay and layout.</param>
    /// <param name="shape">Of one image.</param>
    /// <param name="device">Where the network lives.</param>
    public static FlatSgd Of(Classifier classifier, TrainingOptions training, ImageShape shape, Device device)
    {
        var wanted = training.MemoryFormat;
        if (wanted == MemoryFormat.Contiguous || wanted == MemoryFormat.Auto && device.type != DeviceType.CPU) return Sgd(channelsLast: false);
        var optimiser = Sgd(channelsLast: true);
        if (wanted == MemoryFormat.ChannelsLast || Layout.BearsChannelsLast(classifier, shape, device)) return optimiser;
        var contiguous = Sgd(channelsLast: false);
        optimiser.Dispose();
        return contiguous;

        FlatSgd Sgd(bool channelsLast) => new(classifier, training.Momentum, training.WeightDecay, channelsLast);
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void ZeroGradients() => gradients.zero_();

    /// <summary>One step along the gradients that backward() has left.</summary>
    /// <param name="learningRate">lr.</param>
    public void Step(double learningRate)
    {
        using var noGradients = no_grad();
        if (Momentum > 0 && Operator.Available) FusedSgd.Step(weights, gradients, Velocity, learningRate, Momentum, WeightDecay);
        else StepPlainly(learningRate);
    }

    /// <summary>The step by operators of TorchSharp's.</summary>
    internal void StepPlainly(double learningRate)
    {
        if (WeightDecay != 0) gradients.add_(weights, WeightDecay);
        Velocity.mul_(Momentum).add_(gradients);
        weights.add_(Velocity, -learningRate);
    }

    /// <summary>Frees the buffers; the network must not be used after it.</summary>
    public void Dispose()
    {
        weights.Dispose();
        gradients.Dispose();
        Velocity.Dispose();
    }

    private Tensor View(Tensor flat, long at, long[] shape)
    {
        var values = flat.narrow(0, at, shape.Aggregate(1L, (a, b) => a * b));
        return ChannelsLast && shape.Length == 4
            ? values.view(shape[0], shape[2], shape[3], shape[1]).permute(0, 3, 1, 2)
            : values.view(shape);
    }

    private static long Padded(long elements) => (elements + Alignment - 1) / Alignment * Alignment;
}
