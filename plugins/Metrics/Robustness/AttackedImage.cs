using static TorchSharp.torch;

namespace Harness.Metrics.Robustness;

/// <summary>What one attacked image contributes.</summary>
/// <param name="Radius">‖r‖₂ in pixels.</param>
/// <param name="Norm">‖x‖₂ in pixels; 0 where the image is black.</param>
/// <param name="StandardisedRadius">‖r‖₂ as the network sees it.</param>
/// <param name="StandardisedNorm">‖x‖₂ as the network sees it.</param>
/// <param name="Broken">Whether the network changed its mind.</param>
/// <param name="Misclassified">Whether it was wrong before the attack.</param>
/// <param name="OutOfRange">Whether a pixel left [0,1].</param>
internal readonly record struct AttackedImage(
    double Radius, double Norm, double StandardisedRadius, double StandardisedNorm, bool Broken, bool Misclassified, bool OutOfRange)
{
    /// <summary>Reads a batch off the device.</summary>
    /// <param name="attacked">The batch.</param>
    /// <param name="labels">The images' true labels.</param>
    /// <param name="network">Standardises them.</param>
    public static AttackedImage[] From(Attacked attacked, int[] labels, ITrainedNetwork network)
    {
        using var scope = NewDisposeScope();
        var moved = attacked.Adversarial.to(ScalarType.Float64).sub(attacked.Original.to(ScalarType.Float64));
        // Standardising is affine, so r is scaled by 1/deviation: the difference of two constant images. That of x + r and x would cancel.
        var scale = network.Standardise(ones_like(attacked.Original)).sub(network.Standardise(zeros_like(attacked.Original)));
        var radii = Norms(moved);
        var norms = Norms(attacked.Original);
        var standardisedRadii = Norms(moved.mul(scale));
        var standardisedNorms = Norms(network.Standardise(attacked.Original));
        var broken = attacked.Broken.cpu().data<bool>().ToArray();
        var predicted = attacked.Predicted.cpu().data<long>().ToArray();
        var outside = attacked.Adversarial.flatten(1).lt(0).any(1).logical_or(attacked.Adversarial.flatten(1).gt(1).any(1)).cpu().data<bool>().ToArray();
        return
        [
            .. labels.Select((label, i) => new AttackedImage(
                radii[i], norms[i], standardisedRadii[i], standardisedNorms[i], broken[i], predicted[i] != label, outside[i])),
        ];
    }

    private static double[] Norms(Tensor images) => images.to(ScalarType.Float64).flatten(1).square().sum(1).sqrt().cpu().data<double>().ToArray();
}
