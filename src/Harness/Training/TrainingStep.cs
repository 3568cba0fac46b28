using Harness.Manifests;
using Harness.Torch;
using Harness.Torch.Native;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>The steps of one epoch: standardise, forward, cross-entropy, backward, update. Nothing in it waits for the device.</summary>
public sealed class TrainingStep : IDisposable
{
    private readonly PixelNetwork network;
    private readonly FlatSgd sgd;
    private readonly TrainingPrecision precision;
    private readonly Device device;

    // Summed on the device and read once an epoch: a read waits for all work before it.
    private readonly Tensor loss;
    private readonly Tensor errors;

    /// <summary>Sums at zero.</summary>
    /// <param name="network">In training mode, on the device.</param>
    /// <param name="sgd">The optimiser that holds its parameters; its layout is the images'.</param>
    /// <param name="precision">Arithmetic of the forward and backward pass.</param>
    /// <param name="device">Where all of it lives.</param>
    public TrainingStep(PixelNetwork network, FlatSgd sgd, TrainingPrecision precision, Device device)
    {
        (this.network, this.sgd, this.precision, this.device) = (network, sgd, precision, device);
        loss = zeros(1, ScalarType.Float64, device).DetachFromDisposeScope();
        errors = zeros(1, ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>One step.</summary>
    /// <param name="pixels">n x C x H x W, float32, in [0,1], on the device. Stays the caller's.</param>
    /// <param name="labels">n, int64, on the device. Stays the caller's.</param>
    /// <param name="learningRate">Of this step.</param>
    /// <exception cref="LibtorchException">bf16 is asked for, and this libtorch does not export autocast.</exception>
    public void Run(Tensor pixels, Tensor labels, double learningRate)
    {
        using var scope = NewDisposeScope();
        var images = network.Standardise(pixels);
        if (sgd.ChannelsLast) images = Layout.ChannelsLast(images);

        sgd.ZeroGradients();
        var logits = Forward(images);
        var batchLoss = nn.functional.cross_entropy(logits, labels);
        batchLoss.backward();
        sgd.Step(learningRate);

        using var noGradients = no_grad();
        loss.add_(batchLoss.to_type(ScalarType.Float64), labels.shape[0]);
        errors.add_(logits.argmax(1).ne(labels).sum());
    }

    /// <summary>What the steps have summed up. Waits for the device.</summary>
    /// <returns>Cross-entropy in nats, summed over the images as they were visited; images the network got wrong then.</returns>
    public (double Loss, long Errors) Read() => (loss.item<double>(), errors.item<long>());

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        loss.Dispose();
        errors.Dispose();
    }

    private Tensor Forward(Tensor images)
    {
        if (precision != TrainingPrecision.Bf16) return network.Classifier.forward(images);
        Tensor narrow;
        using (new Autocasting(device.type, ScalarType.BFloat16)) narrow = network.Classifier.forward(images);
        return narrow.to_type(ScalarType.Float32);
    }
}
