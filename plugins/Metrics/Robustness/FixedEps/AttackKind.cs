namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>An attack as a metric declares it, before there is a network.</summary>
/// <param name="Name">Within a quantity's name: "pgd.rescaled".</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Source">Paper.</param>
/// <param name="Role">What its successes count for.</param>
/// <param name="Runs">How often it is run: restarts, or targets.</param>
/// <param name="Make">The attack on a network; the number is the run's, from 0.</param>
internal sealed record AttackKind(string Name, string Title, string Source, Role Role, int Runs, Func<ITrainedNetwork, CancellationToken, int, IAttack> Make)
{
    /// <summary>Whether each run leads to another class, of which there are C − 1.</summary>
    public bool Targeted { get; init; }

    /// <summary>Whether it looks for the least perturbation, which does not hang on eps: it runs once for all radii, on every image, and may leave the ball.</summary>
    public bool MinimalNorm { get; init; }

    /// <summary>How often it is run.</summary>
    /// <param name="classes">C.</param>
    public int RunsFor(int classes) => Targeted ? Math.Min(Runs, classes - 1) : Runs;
}
