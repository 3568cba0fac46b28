namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>A loss whose gradients at the clean images are looked at: where they are 0, an attack that climbs it finds nothing and proves nothing.</summary>
/// <param name="Name">Within a quantity's name: "cross-entropy".</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Loss">The loss.</param>
internal sealed record Watched(string Name, string Title, Loss Loss)
{
    /// <summary>The cross-entropy as it is trained.</summary>
    public static Watched CrossEntropy { get; } = new("cross-entropy", "cross-entropy", Losses.CrossEntropy);

    /// <summary>That of rescaled logits.</summary>
    public static Watched Rescaled { get; } = new("rescaled", "cross-entropy of logits rescaled to a range of 10", Losses.RescaledCrossEntropy);

    /// <summary>The logit gap.</summary>
    public static Watched Gap { get; } = new("gap", "gap max_(c≠y) z_c − z_y", Losses.Gap);

    /// <summary>The difference of logits ratio.</summary>
    public static Watched Dlr { get; } = new("dlr", "difference of logits ratio", Losses.Dlr);
}
