using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Harness.Metrics.Robustness.FixedEps;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>How AutoAttack is run. The defaults are the published ones: less is another evaluation, whose robust accuracy is higher.</summary>
public sealed record AutoAttackOptions : AttackOptions
{
    /// <value>standard</value>
    [Description("standard: APGD-CE, APGD-T, FAB-T, Square. plus: APGD-CE, APGD-DLR and FAB with restarts, Square, APGD-T, FAB-T.")]
    public AttackSet Set { get; init; } = AttackSet.Standard;

    /// <value>100</value>
    [Description("Iterations of each run of APGD and FAB.")]
    [Range(1, 100_000)]
    public int Iterations { get; init; } = 100;

    /// <value>9</value>
    [Description("Classes that APGD-T and FAB-T lead to, one after the other, the likeliest first; all others where there are fewer.")]
    [Range(1, 100_000)]
    public int Targets { get; init; } = 9;

    /// <value>5</value>
    [Description("Starts of APGD-CE, APGD-DLR and FAB in the set plus; one in the set standard.")]
    [Range(1, 1000)]
    public int Restarts { get; init; } = 5;

    /// <value>5000</value>
    [Description("Queries of the Square attack.")]
    [Range(1, 1_000_000)]
    public int Queries { get; init; } = 5000;
}
