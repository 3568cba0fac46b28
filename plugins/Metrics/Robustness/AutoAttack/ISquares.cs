using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>What the Square attack draws in one norm. What is random about an image comes from its own generator alone.</summary>
internal interface ISquares
{
    /// <summary>The smallest side of a square.</summary>
    int LeastSide { get; }

    /// <summary>Where the search starts.</summary>
    /// <param name="pixels">The clean images, n x C x H x W.</param>
    /// <param name="random">A generator for each.</param>
    /// <returns>Perturbations of norm eps, float64, of the same shape. The caller's dispose scope owns them.</returns>
    Tensor Start(Tensor pixels, SeededRandom[] random);

    /// <summary>A square drawn anew.</summary>
    /// <param name="pixels">The clean images, n x C x H x W.</param>
    /// <param name="current">The best so far, of the same shape.</param>
    /// <param name="side">Of the square, in pixels.</param>
    /// <param name="random">A generator for each.</param>
    /// <returns>Images, float64, of the same shape, still to be taken back into the ball. The caller's dispose scope owns them.</returns>
    Tensor Next(Tensor pixels, Tensor current, int side, SeededRandom[] random);
}
