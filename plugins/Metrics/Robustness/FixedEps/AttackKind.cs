namespace Harness.Metrics.Robustness.FixedEps;

/// <summary>An attack as a metric declares it, before there is a network.</summary>
/// <param name="Name">Within a quantity's name: "pgd.rescaled".</param>
/// <param name="Title">What a reader calls it.</param>
/// <param name="Source">Paper.</param>
/// <param name="Role">What its successes count for.</param>
/// <param name="Runs">How often it is run: restarts.</param>
/// <param name="Make">The attack on a network.</param>
internal sealed record AttackKind(string Name, string Title, string Source, Role Role, int Runs, Func<ITrainedNetwork, CancellationToken, IAttack> Make);
