using Harness;
using static TorchSharp.torch;

namespace Testing.Networks;

/// <summary>Images from a tensor of pixels.</summary>
/// <param name="pixels">N x C x H x W, float32.</param>
/// <param name="labels">N.</param>
public sealed class TensorImages(Tensor pixels, IReadOnlyList<int> labels) : ImageSet
{
    /// <inheritdoc/>
    public override int Count => labels.Count;

    /// <inheritdoc/>
    public override ImageShape Shape => new((int)pixels.shape[1], (int)pixels.shape[2], (int)pixels.shape[3]);

    /// <inheritdoc/>
    public override IReadOnlyList<int> Labels => labels;

    /// <inheritdoc/>
    public override Tensor Pixels(ReadOnlySpan<int> indices)
    {
        using var rows = tensor(indices.ToArray(), ScalarType.Int64);
        return pixels.index_select(0, rows);
    }
}
