using static TorchSharp.torch;

namespace Harness.Training;

/// <summary>Images as metrics get them: each batch that is asked for counts as progress.</summary>
/// <param name="images">The images; they stay the caller's.</param>
/// <param name="activity">Told of each batch.</param>
internal sealed class WatchedImages(ImageSet images, CellActivity activity) : ImageSet
{
    public override int Count => images.Count;

    public override ImageShape Shape => images.Shape;

    public override IReadOnlyList<int> Labels => images.Labels;

    public override Tensor Pixels(ReadOnlySpan<int> indices)
    {
        activity.Tick();
        return images.Pixels(indices);
    }

    public override IEnumerable<Tensor> Batches(IEnumerable<int[]> batches)
    {
        foreach (var batch in images.Batches(batches))
        {
            activity.Tick();
            yield return batch;
        }
    }
}
