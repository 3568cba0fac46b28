namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>What an evaluation at fixed radii in one norm is made of.</summary>
/// <param name="Norm">The norm of the perturbations.</param>
/// <param name="Radii">eps, increasing, at least one.</param>
/// <param name="Options">Which images.</param>
/// <param name="Kinds">The attacks, in their order.</param>
/// <param name="Watched">The losses whose gradients are looked at.</param>
/// <param name="InSequence">Whether each attack gets the images alone that those before it did not break, as AutoAttack does; else each gets all.</param>
internal sealed record Evaluation(
    Norm Norm, double[] Radii, AttackOptions Options, IReadOnlyList<AttackKind> Kinds, IReadOnlyList<Watched> Watched, bool InSequence)
{
    /// <summary>The attacks whose successes count.</summary>
    public IReadOnlyList<AttackKind> Judges { get; } = [.. Kinds.Where(k => k.Role != Role.Control)];

    /// <summary>The attacks that an attack's success is counted with: in a sequence it and those before it, else it alone.</summary>
    /// <param name="kind">The attack.</param>
    public IEnumerable<AttackKind> UpTo(AttackKind kind) =>
        InSequence && kind.Role != Role.Control ? Judges.TakeWhile(k => k != kind).Append(kind) : [kind];

    /// <summary>The attacks that leave each other no images, whose successes are only comparable from radius to radius when taken together.</summary>
    public IEnumerable<IReadOnlyList<AttackKind>> Independent => InSequence ? [Judges] : Kinds.Select(k => (IReadOnlyList<AttackKind>)[k]);
}
