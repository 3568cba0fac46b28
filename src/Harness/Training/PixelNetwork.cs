using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>An architecture's classifier behind the standardisation of its data set: float pixels in, logits out.</summary>
public sealed class PixelNetwork : ITrainedNetwork, IDisposable
{
    private readonly Tensor mean;
    private readonly Tensor deviation;
    private readonly ImageSet train;
    private readonly ImageSet test;
    private readonly CellActivity activity;

    /// <summary>Puts the parts together.</summary>
    /// <param name="classifier">The network, on the device already. Owned and disposed by this object.</param>
    /// <param name="standardisation">Constants of the data set.</param>
    /// <param name="train">Training images; stay the caller's, like the test images.</param>
    /// <param name="test">Test images.</param>
    /// <param name="device">Where all of it lives.</param>
    /// <param name="activity">Told of each batch that goes through.</param>
    public PixelNetwork(Classifier classifier, Standardisation standardisation, ImageSet train, ImageSet test, Device device, CellActivity activity)
    {
        this.activity = activity;
        Classifier = classifier;
        this.train = train;
        this.test = test;
        mean = PerChannel(standardisation.Mean, device);
        deviation = PerChannel(standardisation.Deviation, device);
    }

    /// <inheritdoc/>
    public Classifier Classifier { get; }

    /// <summary>Gives the images out of distribution, of the input's shape; null where there are none.</summary>
    public Func<ImageSet>? OutOfDistribution { get; init; }

    /// <inheritdoc/>
    public Tensor Logits(Tensor pixels)
    {
        using var standardised = Standardise(pixels);
        return Classifier.forward(standardised);
    }

    /// <inheritdoc/>
    public Tensor Standardise(Tensor pixels)
    {
        activity.Tick();
        using var centred = pixels - mean;
        return centred / deviation;
    }

    /// <inheritdoc/>
    public ImageSet Images(Split split) => new WatchedImages(split == Split.Train ? train : test, activity);

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
