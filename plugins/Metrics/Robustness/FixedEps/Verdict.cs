using static TorchSharp.torch;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What becomes of one image an attack handed back, whatever the attack believes.</summary>
/// <param name="Broken">The network gives it another label than the true one, at both batch sizes, and it lies where it may.</param>
/// <param name="Changed">Whether the two batch sizes disagree on that.</param>
/// <param name="Outside">Whether it left the ball or [0,1], by a single bit.</param>
internal readonly record struct Verdict(bool Broken, bool Changed, bool Outside)
{
    /// <summary>Predicts a batch again: whole, and in two halves; a single image twice in one batch.</summary>
    /// <param name="network">The network.</param>
    /// <param name="victims">The images before.</param>
    /// <param name="ball">Where they may be.</param>
    /// <param name="adversarial">The images after.</param>
    public static Verdict[] Of(ITrainedNetwork network, Victims victims, Ball ball, Tensor adversarial)
    {
        using var scope = NewDisposeScope();
        var n = adversarial.shape[0];
        var whole = Wrong(adversarial, victims.Labels);
        bool[] otherwise = n == 1
            ? Wrong(cat([adversarial, adversarial]), cat([victims.Labels, victims.Labels]))[..1]
            : [.. Wrong(adversarial.narrow(0, 0, n / 2), victims.Labels.narrow(0, 0, n / 2)), .. Wrong(adversarial.narrow(0, n / 2, n - n / 2), victims.Labels.narrow(0, n / 2, n - n / 2))];
        var inside = ball.Contains(victims.Pixels, adversarial).cpu().data<bool>().ToArray();
        return [.. whole.Zip(otherwise, inside).Select(v => new Verdict(v.First && v.Second && v.Third, v.First != v.Second, !v.Third))];

        bool[] Wrong(Tensor images, Tensor labels) => network.Logits(images).argmax(1).ne(labels).cpu().data<bool>().ToArray();
    }
}
