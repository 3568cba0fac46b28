namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>Which attacks, as AutoAttack names its sets.</summary>
public enum AttackSet
{
    /// <summary>APGD-CE, APGD-T on the difference of logits ratio, FAB-T, Square.</summary>
    Standard,

    /// <summary>APGD-CE, APGD-DLR and FAB with restarts, Square, then APGD-T and FAB-T.</summary>
    Plus,
}
