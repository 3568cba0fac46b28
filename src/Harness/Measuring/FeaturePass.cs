using static TorchSharp.torch;

namespace Harness.Measuring;

/// <summary>Runs a network once over the images of a split, in eval mode and without gradients, and keeps what comes out.</summary>
/// <remarks>
/// Not under PyTorch's inference_mode: what a plugin's network keeps of a pass (a mask, a table of positions) could then not be used in a training step, and it saves nothing at this
/// size of a batch.
/// </remarks>
/// <param name="network">The network; left in the mode it was found in.</param>
/// <param name="device">Where it lives.</param>
/// <param name="room">Where what comes out may be kept.</param>
/// <param name="cancellation">Checked between batches.</param>
public sealed class FeaturePass(ITrainedNetwork network, Device device, FeatureRoom room, CancellationToken cancellation)
{
    // At most 512 images, and fewer of large ones, so that activations of the widest networks stay near a gigabyte.
    private const int LargestBatch = 512;
    private const int BatchPixels = 1 << 22;

    /// <summary>The label of images that are of none of the classes.</summary>
    public const int NoClass = -1;

    /// <summary>Collects features, logits and labels of a split.</summary>
    /// <param name="split">Which images.</param>
    /// <returns>N x p float32 features and the rest, in the images' order. The caller disposes it.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    /// <exception cref="InvalidOperationException">The split has no image.</exception>
    /// <exception cref="IOException">The device has no room for what comes out, nor has the disk.</exception>
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

        FeatureStore? store = null;
        try
        {
            var batchSize = Math.Clamp(BatchPixels / images.Shape.Bytes, 1, LargestBatch);
            var batches = Enumerable.Range(0, images.Count).Chunk(batchSize).ToList();
            foreach (var (batch, pixels) in batches.Zip(images.Batches(batches)))
            {
                using var inUse = pixels;
                cancellation.ThrowIfCancellationRequested();
                using var step = NewDisposeScope();
                var h = network.Classifier.Features(network.Standardise(pixels));
                var z = network.Classifier.Head.forward(h);
                store ??= room.Take(images.Count, h.shape[1], z.shape[1], device);
                store.Write(batch[0], h, z);
            }
            return new(store!, tensor(classOf.Select(label => (long)label).ToArray(), ScalarType.Int64, device));
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }
}
