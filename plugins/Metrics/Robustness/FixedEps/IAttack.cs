using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>An attack at a fixed radius.</summary>
internal interface IAttack
{
    /// <summary>Attacks a batch once. Called with gradients off and the network's parameters frozen.</summary>
    /// <param name="victims">Images the network classifies rightly.</param>
    /// <param name="ball">What it may do.</param>
    /// <param name="seed">Its randomness: another one for each restart, the same for every radius.</param>
    /// <returns>The best it found for each image, n x C x H x W, float32, in the ball. The caller's dispose scope owns it.</returns>
    Tensor Run(Victims victims, Ball ball, Seed seed);
}
