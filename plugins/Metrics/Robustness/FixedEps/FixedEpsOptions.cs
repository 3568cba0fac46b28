using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>How FGSM and PGD are run.</summary>
public sealed record FixedEpsOptions : AttackOptions
{
    /// <value>20</value>
    [Description("Steps of PGD, each of 2.5 eps/steps.")]
    [Range(1, 100_000)]
    public int Steps { get; init; } = 20;

    /// <value>2</value>
    [Description("Random starts of PGD and draws of noise; an image is broken where one of them breaks it.")]
    [Range(1, 1000)]
    public int Restarts { get; init; } = 2;
}
