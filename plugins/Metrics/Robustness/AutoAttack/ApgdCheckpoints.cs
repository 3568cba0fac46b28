namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>When Auto-PGD looks back at its progress (Croce and Hein 2020, section 3.2).</summary>
internal static class ApgdCheckpoints
{
    /// <summary>
    /// The iterations w_j = ⌈p_j N⌉ after which the step may be halved: p_0 = 0, p_1 = 0.22, p_(j+1) = p_j + max(p_j − p_(j−1) − 0.03, 0.06), as long as p_j ≤ 1.
    /// </summary>
    /// <param name="iterations">N, at least 1.</param>
    /// <returns>Increasing, without w_0 = 0 and without repetitions.</returns>
    public static IReadOnlyList<int> For(int iterations)
    {
        // In hundredths, so that no rounding moves a checkpoint.
        var checkpoints = new List<int>();
        for (var (before, at) = (0, 22); at <= 100; (before, at) = (at, at + Math.Max(at - before - 3, 6)))
        {
            var iteration = (int)(((long)at * iterations + 99) / 100);
            if (checkpoints.Count == 0 || checkpoints[^1] < iteration) checkpoints.Add(iteration);
        }
        return checkpoints;
    }
}
