using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>A batch of images under attack.</summary>
/// <param name="Pixels">n x C x H x W, float32, in [0,1].</param>
/// <param name="Labels">n, int64: the true labels, from which an attack leads away.</param>
/// <param name="Indices">Which images of the split they are: what is random about an image hangs on this alone.</param>
internal sealed record Victims(Tensor Pixels, Tensor Labels, int[] Indices)
{
    /// <summary>Some of them. The caller's dispose scope owns the tensors.</summary>
    /// <param name="rows">Positions in this batch.</param>
    public Victims Select(IReadOnlyList<int> rows)
    {
        using var chosen = tensor(rows.Select(r => (long)r).ToArray(), ScalarType.Int64, Pixels.device);
        return new(Pixels.index_select(0, chosen), Labels.index_select(0, chosen), [.. rows.Select(r => Indices[r])]);
    }
}
