namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What an attack's successes count for.</summary>
internal enum Role
{
    /// <summary>It looks at nothing: it is reported, and counts for no other number.</summary>
    Control,

    /// <summary>It climbs the loss of the logits as they are, which over-confidence can hide.</summary>
    Plain,

    /// <summary>It climbs a loss that does not change with the scale of the logits.</summary>
    ScaleFree,
}
