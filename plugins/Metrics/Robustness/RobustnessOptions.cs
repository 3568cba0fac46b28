using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Robustness;

/// <summary>How DeepFool is run. The defaults are those of Papyan, Han and Donoho 2020 and of the attack's authors.</summary>
public sealed record RobustnessOptions
{
    /// <value>100</value>
    [Description("Test images attacked, drawn at random: the same at every epoch and for every architecture. All of them where there are fewer.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 100;

    /// <value>10</value>
    [Description("Classes considered: those with the largest logits, the predicted one among them. A backward pass for each but that one, at each iteration.")]
    [Range(2, int.MaxValue)]
    public int Candidates { get; init; } = 10;

    /// <value>0.02</value>
    [Description("How far past the boundary the image is taken, as a share of the way to it.")]
    [Range(0, 10.0)]
    public double Overshoot { get; init; } = 0.02;

    /// <value>50</value>
    [Description("Iterations after which an image counts as not broken.")]
    [Range(1, 100_000)]
    public int MaxIterations { get; init; } = 50;

    /// <value>100</value>
    [Description("Images attacked together: less for large images, where memory is short. Does not change the numbers but for rounding.")]
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 100;

    /// <value>4</value>
    [Description("Attacked images shown beside the clean ones at both ends of the terminal phase: the first that were drawn, and of large images as many as 1 MiB of pixels takes.")]
    [Range(0, 32)]
    public int Pictures { get; init; } = 4;
}
