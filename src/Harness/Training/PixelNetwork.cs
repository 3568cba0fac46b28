using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>An architecture's classifier behind the standardisation of its data set: float pixels in, logits out.</summary>
public sealed class PixelNetwork : ITrainedNetwork, IDisposable
{
    private readonly Tensor mean;
    private readonly Tensor deviation;
    private readonly ImageSet train;
    private readonly ImageSet test;

    /// <summary>Puts the parts together.</summary>
    /// <param name="classifier">The network, on the device already. Owned and disposed by this object.</param>
    /// <param name="standardisation">Constants of the data set.</param>
    /// <param name="train">Training images; stay the caller's, like the test images.</param>
    /// <param name="test">Test images.</param>
    /// <param name="device">Where all of it lives.</param>
    public PixelNetwork(Classifier classifier, Standardisation standardisation, ImageSet train, ImageSet test, Device device)
    {
        Classifier = classifier;
        this.train = train;
        this.test = test;
        mean = PerChannel(standardisation.Mean, device);
        deviation = PerChannel(standardisation.Deviation, device);
    }

    /// <inheritdoc/>
    public Classifier Classifier { get; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor pixels)
    {
        using var standardised = Standardise(pixels);
        return Classifier.forward(standardised);
    }

    /// <inheritdoc/>
    public Tensor Standardise(Tensor pixels)
    {
        using var centred = pixels - mean;
        return centred / deviation;
    }

    /// <inheritdoc/>
    public ImageSet Images(Split split) => split == Split.Train ? train : test;

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        Classifier.Dispose();
        mean.Dispose();
        deviation.Dispose();
    }

    private static Tensor PerChannel(IReadOnlyList<double> values, Device device) =>
        tensor(values.Select(v => (float)v).ToArray(), [1, values.Count, 1, 1], device: device).DetachFromDisposeScope();
}
