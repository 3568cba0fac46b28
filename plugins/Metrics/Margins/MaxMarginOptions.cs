using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Margins;

/// <summary>How the support vector machine is fitted.</summary>
public sealed record MaxMarginOptions
{
    /// <value>5000</value>
    [Description("Training images it is fitted to, drawn at random: the same at every epoch and for every architecture. All of them where there are fewer.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 5000;

    /// <value>0.001</value>
    [Description("Relative duality gap at which the solver stops.")]
    [Range(1e-12, 0.5)]
    public double Gap { get; init; } = 1e-3;

    /// <value>200</value>
    [Description("Passes over the images after which it stops wherever it is; the gap reached is reported.")]
    [Range(1, 1_000_000)]
    public int Passes { get; init; } = 200;

    /// <value>1e6</value>
    [Description("Penalty of a slack of 1, features having a mean square length of 1. So large that separable images are separated without slack.")]
    [Range(1e-6, 1e12)]
    public double Penalty { get; init; } = 1e6;
}
