using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.Margins.ImplicitBias;

/// <summary>How the limit of gradient descent is found.</summary>
public sealed record ImplicitBiasOptions
{
    /// <value>1000</value>
    [Description("Training images whose limit is found, drawn at random: the same at every epoch and for every architecture. All of them where there are fewer, as the theory asks.")]
    [Range(1, int.MaxValue)]
    public int Images { get; init; } = 1000;

    /// <value>1e-6</value>
    [Description("Relative duality gap at which the solver of the maximum margin stops; the sine of its direction's error is at most the root of it.")]
    [Range(1e-12, 0.5)]
    public double Gap { get; init; } = 1e-6;

    /// <value>1000</value>
    [Description("Passes over the images after which the solver stops wherever it is; the gap reached is reported.")]
    [Range(1, 1_000_000)]
    public int Passes { get; init; } = 1000;
}
