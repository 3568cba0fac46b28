using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>A square window in each image of a batch.</summary>
/// <param name="Down">Row of a pixel within the window, n x 1 x H x 1, int64; negative or at least the side outside it.</param>
/// <param name="Right">Column within the window, n x 1 x 1 x W.</param>
/// <param name="Inside">Whether a pixel lies in it, n x 1 x H x W, bool.</param>
internal sealed record Windows(Tensor Down, Tensor Right, Tensor Inside)
{
    /// <summary>Windows at random places, uniform over those that lie in the image. The caller's scope owns the tensors.</summary>
    /// <param name="pixels">n x C x H x W.</param>
    /// <param name="side">At most H and W.</param>
    /// <param name="random">A generator for each image.</param>
    public static Windows Draw(Tensor pixels, int side, SeededRandom[] random)
    {
        using var scope = NewDisposeScope();
        var (height, width) = ((int)pixels.shape[2], (int)pixels.shape[3]);
        var corners = new long[2 * random.Length];
        for (var i = 0; i < random.Length; i++) (corners[2 * i], corners[2 * i + 1]) = (random[i].Next(height - side + 1), random[i].Next(width - side + 1));
        var at = tensor(corners, ScalarType.Int64, pixels.device).view(-1, 2);
        var down = arange(height, ScalarType.Int64, pixels.device).view(1, 1, -1, 1).sub(at.select(1, 0).view(-1, 1, 1, 1));
        var right = arange(width, ScalarType.Int64, pixels.device).view(1, 1, 1, -1).sub(at.select(1, 1).view(-1, 1, 1, 1));
        var inside = In(down).logical_and(In(right));
        return new(down.MoveToOuterDisposeScope(), right.MoveToOuterDisposeScope(), inside.MoveToOuterDisposeScope());

        Tensor In(Tensor offset) => offset.ge(0).logical_and(offset.lt(side));
    }

    /// <summary>Random signs, one for each image and channel.</summary>
    /// <param name="pixels">n x C x H x W.</param>
    /// <param name="random">A generator for each image.</param>
    /// <returns>n x C x 1 x 1, float64, 1 or −1. The caller's dispose scope owns it.</returns>
    public static Tensor Signs(Tensor pixels, SeededRandom[] random)
    {
        var channels = (int)pixels.shape[1];
        var signs = random.SelectMany(r => Enumerable.Range(0, channels).Select(_ => Sign(r))).ToArray();
        return tensor(signs, ScalarType.Float64, pixels.device).view(-1, channels, 1, 1);
    }

    /// <summary>1 or −1.</summary>
    /// <param name="random">Where it comes from.</param>
    public static double Sign(SeededRandom random) => random.Next(2) == 0 ? -1 : 1;
}
