using Harness;
using static TorchSharp.torch;

namespace Testing.Networks;

/// <summary>A classifier behind a standardisation with one mean and deviation for all channels.</summary>
/// <param name="classifier">The classifier.</param>
/// <param name="images">Images of each split.</param>
/// <param name="mean">In pixels.</param>
/// <param name="deviation">In pixels.</param>
public sealed class TestNetwork(Classifier classifier, IReadOnlyDictionary<Split, ImageSet> images, double mean = 0, double deviation = 1) : ITrainedNetwork
{
    /// <inheritdoc/>
    public Classifier Classifier => classifier;

    /// <inheritdoc/>
    public Tensor Logits(Tensor pixels) => classifier.forward(Standardise(pixels));

    /// <inheritdoc/>
    public Tensor Standardise(Tensor pixels) => pixels.sub(mean).div(deviation);

    /// <inheritdoc/>
    public ImageSet Images(Split split) => images[split];
}
