using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What every evaluation of robust accuracy at fixed radii is told.</summary>
public abstract record AttackOptions : BallOptions
{
    /// <value>100</value>
    [Description("Test images, drawn at random: the same at every epoch and for every architecture, and DeepFool's. All of them where there are fewer.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 100;
}
