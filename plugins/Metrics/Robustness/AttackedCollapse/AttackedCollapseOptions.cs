using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Harness.Metrics.Robustness.FixedEps;

namespace Harness.Metrics.Robustness.AttackedCollapse;

/// <summary>Which images are attacked, and how, before their features are looked at.</summary>
public sealed record AttackedCollapseOptions : BallOptions
{
    /// <value>train</value>
    [Description("train or test: the images attacked. Collapse is of training images in the first place.")]
    public Split Split { get; init; } = Split.Train;

    /// <value>20</value>
    [Description("Images of each class, drawn at random: the same at every epoch and for every architecture. All of a class where there are fewer.")]
    [Range(2, int.MaxValue)]
    public int PerClass { get; init; } = 20;

    /// <value>20</value>
    [Description("Steps of PGD on the logit gap, each of 2.5 eps/steps; all of them are made, also past the boundary.")]
    [Range(1, 100_000)]
    public int Steps { get; init; } = 20;
}
