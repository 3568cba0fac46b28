using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.NeuralCollapse.OutOfDistribution;

/// <summary>How images out of distribution are told from others.</summary>
public sealed record OutOfDistributionOptions
{
    /// <value>Null: C − 1.</value>
    [Description("Dimension d of NECO's principal subspace, at most p; C - 1, that of the simplex, where absent.")]
    [Range(1, int.MaxValue)]
    public int? Dimension { get; init; }
}
