using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Features and logits on the device.</summary>
internal sealed class ResidentFeatures : FeatureStore
{
    private readonly Tensor features;
    private readonly Tensor logits;

    /// <summary>Takes over what is known already, out of any dispose scope.</summary>
    /// <param name="features">N x p, float32.</param>
    /// <param name="logits">N x C, float32, on the same device.</param>
    public ResidentFeatures(Tensor features, Tensor logits) : base(features.shape[0], features.shape[1], logits.shape[1], features.device) =>
        (this.features, this.logits) = (features.DetachFromDisposeScope(), logits.DetachFromDisposeScope());

    /// <summary>Room for what is to be written.</summary>
    public ResidentFeatures(long count, long dimension, long classes, Device device)
        : this(empty(count, dimension, ScalarType.Float32, device), empty(count, classes, ScalarType.Float32, device))
    {
    }

    /// <inheritdoc/>
    public override void Write(long start, Tensor features, Tensor logits)
    {
        using var scope = NewDisposeScope();
        this.features.narrow(0, start, features.shape[0]).copy_(features);
        this.logits.narrow(0, start, logits.shape[0]).copy_(logits);
    }

    /// <inheritdoc/>
    public override (Tensor Features, Tensor Logits) Read(long start, long rows) => (features.narrow(0, start, rows), logits.narrow(0, start, rows));

    /// <inheritdoc/>
    public override void Dispose()
    {
        features.Dispose();
        logits.Dispose();
    }
}
