using Harness.Images;
using Harness.Manifests;
using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>The test images of another set than a cell is trained on, brought to its input. Loaded when they are first asked for; where they cannot be, each who asks is told why.</summary>
/// <param name="parts">Makes the set.</param>
/// <param name="use">What the manifest says of it.</param>
/// <param name="data">The user's data folder.</param>
/// <param name="device">Where the images are wanted.</param>
/// <param name="placement">Whether all of them lie there.</param>
/// <param name="activity">Told of each batch that is read.</param>
/// <param name="log">Told, in a sentence, what is out of the ordinary.</param>
/// <param name="stop">Looked at while images are decoded.</param>
internal sealed class OutOfDistributionImages(
    CellParts parts, DatasetUse use, DataRoot data, Device device, ImagePlacement placement, CellActivity activity, Action<string> log, CancellationToken stop) : IDisposable
{
    private CellImages? images;

    /// <summary>The images.</summary>
    /// <exception cref="DatasetException">Files are missing or damaged, or hold too few images of a class.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public ImageSet Load()
    {
        if (images is not null) return new WatchedImages(images, activity);
        DatasetCard? card = null;
        try
        {
            var dataset = parts.MakeOutOfDistribution!();
            card = dataset.Card;
            images = new ImageLoader(dataset, use, parts.OutOfDistributionHash, data, log, activity.Tick).Load(Split.Test, device, placement, stop, out _);
            return new WatchedImages(images, activity);
        }
        catch (DatasetException e)
        {
            throw new DatasetException(e.Path, CellFault.Sentence(e, use.Plugin, card), e);
        }
    }

    /// <summary>Frees what holds the images.</summary>
    public void Dispose() => images?.Dispose();
}
