using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>The Square attack's draws in L∞ (algorithm 2): from vertical stripes of −eps and eps; a square gets one of the two in each channel.</summary>
/// <param name="radius">eps.</param>
internal sealed class LinfSquares(double radius) : ISquares
{
    /// <inheritdoc/>
    public int LeastSide => 1;

    /// <inheritdoc/>
    public Tensor Start(Tensor pixels, SeededRandom[] random)
    {
        var stripes = (int)(pixels.shape[1] * pixels.shape[3]);
        var signs = random.SelectMany(r => Enumerable.Range(0, stripes).Select(_ => radius * Windows.Sign(r))).ToArray();
        using var columns = tensor(signs, ScalarType.Float64, pixels.device).view(pixels.shape[0], pixels.shape[1], 1, pixels.shape[3]);
        return columns.expand(pixels.shape).clone();
    }

    /// <inheritdoc/>
    public Tensor Next(Tensor pixels, Tensor current, int side, SeededRandom[] random)
    {
        using var scope = NewDisposeScope();
        var window = Windows.Draw(pixels, side, random);
        // The current image moved by 2 eps and taken back into the ball: the clean one moved by eps.
        var drawn = pixels.to(ScalarType.Float64).add(Windows.Signs(pixels, random).mul(radius));
        return drawn.where(window.Inside, current.to(ScalarType.Float64)).MoveToOuterDisposeScope();
    }
}
