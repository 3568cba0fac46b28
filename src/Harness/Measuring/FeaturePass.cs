using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Runs a network once over the images of a split, in eval mode and without gradients, and keeps what comes out.</summary>
/// <param name="network">The network; left in the mode it was found in.</param>
/// <param name="device">Where it lives.</param>
/// <param name="cancellation">Checked between batches.</param>
public sealed class FeaturePass(ITrainedNetwork network, Device device, CancellationToken cancellation)
{
    // At most 512 images, and fewer of large ones, so that activations of the widest networks stay near a gigabyte.
    private const int LargestBatch = 512;
    private const int BatchPixels = 1 << 22;

    /// <summary>The label of images that are of none of the classes.</summary>
    public const int NoClass = -1;

    /// <summary>Collects features, logits and labels of a split.</summary>
    /// <param name="split">Which images.</param>
    /// <returns>N x p float32 features and the rest, on the device, in the images' order. The caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="InvalidOperationException">The split has no image.</exception>
    public CollectedFeatures Run(Split split)
    {
        var images = network.Images(split);
        return Run(images, images.Labels, $"The {split} split");
    }

    /// <summary>Collects features and logits of images that are of none of the classes; every label is <see cref="NoClass"/>.</summary>
    /// <param name="images">The images, of the network's input shape.</param>
    /// <returns>As of a split.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="InvalidOperationException">There is no image.</exception>
    public CollectedFeatures RunOutOfDistribution(ImageSet images) => Run(images, Enumerable.Repeat(NoClass, images.Count), "The set out of distribution");

    private CollectedFeatures Run(ImageSet images, IEnumerable<int> classOf, string what)
    {
        if (images.Count == 0) throw new InvalidOperationException($"{what} has no image.");
        using var noGradients = no_grad();
        using var evalMode = new EvalMode(network.Classifier);
        using var scope = NewDisposeScope();

        Tensor? features = null, logits = null;
        var batchSize = Math.Clamp(BatchPixels / images.Shape.Bytes, 1, LargestBatch);
        var batches = Enumerable.Range(0, images.Count).Chunk(batchSize).ToList();
        foreach (var (batch, pixels) in batches.Zip(images.Batches(batches)))
        {
            using var inUse = pixels;
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var h = network.Classifier.Features(network.Standardise(pixels));
            var z = network.Classifier.Head.forward(h);
            features ??= empty(images.Count, h.shape[1], ScalarType.Float32, device).MoveToOuterDisposeScope();
            logits ??= empty(images.Count, z.shape[1], ScalarType.Float32, device).MoveToOuterDisposeScope();
            features.narrow(0, batch[0], batch.Length).copy_(h);
            logits.narrow(0, batch[0], batch.Length).copy_(z);
        }
        var labels = tensor(classOf.Select(label => (long)label).ToArray(), ScalarType.Int64, device);
        return new(features!, logits!, labels);
    }
}
