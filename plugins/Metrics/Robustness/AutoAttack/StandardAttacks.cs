using Harness.Metrics.Robustness.FixedEps;

namespace Harness.Metrics.Robustness.AutoAttack;

/// <summary>AutoAttack's attacks, in its order, and what they cost.</summary>
internal static class StandardAttacks
{
    private const string OfApgd = "Croce and Hein 2020 (arXiv:2003.01690)";
    private const string OfFab = "Croce and Hein 2020 (arXiv:1907.02044)";
    private const string OfSquare = "Andriushchenko, Croce, Flammarion and Hein 2020 (arXiv:1912.00049)";

    /// <summary>The attacks of a set, after random noise, the control.</summary>
    /// <param name="options">Which set, and how its attacks are run.</param>
    public static IReadOnlyList<AttackKind> Of(AutoAttackOptions options)
    {
        var iterations = options.Iterations;
        var starts = options.Set == AttackSet.Plus ? options.Restarts : 1;
        AttackKind noise = new("noise", "random noise", "A perturbation of norm eps in a random direction: the control", Role.Control, 1, (_, _, _) => new RandomNoise());
        AttackKind ce = new("apgd-ce", "APGD-CE", OfApgd + ", algorithm 1", Role.Plain, starts, (network, stop, _) => new Apgd(network, Losses.CrossEntropy, iterations, stop));
        AttackKind dlr = new("apgd-dlr", "APGD-DLR", OfApgd + ", algorithm 1 and equation 6", Role.ScaleFree, starts, (network, stop, _) => new Apgd(network, Losses.Dlr, iterations, stop));
        AttackKind apgdT = new("apgd-t", "APGD-T", OfApgd + ", algorithm 1 and equation 7", Role.ScaleFree, options.Targets, (network, stop, run) => new Apgd(network, Losses.TargetedDlr, run, iterations, stop))
        {
            Targeted = true,
        };
        AttackKind fab = new("fab", "FAB", OfFab + ", algorithm 1", Role.ScaleFree, 1, (network, stop, _) => new Fab(network, null, iterations, starts, stop)) { MinimalNorm = true };
        AttackKind fabT = new("fab-t", "FAB-T", $"{OfFab}, algorithm 1; targeted: {OfApgd}", Role.ScaleFree, options.Targets, (network, stop, run) => new Fab(network, run, iterations, 1, stop))
        {
            Targeted = true,
            MinimalNorm = true,
        };
        AttackKind square = new("square", "Square", OfSquare + ", algorithms 1 to 3", Role.ScaleFree, 1, (network, stop, _) => new Square(network, options.Queries, stop));
        return options.Set == AttackSet.Plus ? [noise, ce, dlr, fab, square, apgdT, fabT] : [noise, ce, apgdT, fabT, square];
    }

    /// <summary>What a set costs at most, in words.</summary>
    /// <param name="options">Which set, and how its attacks are run.</param>
    public static string Cost(AutoAttackOptions options)
    {
        var plus = options.Set == AttackSet.Plus;
        var ascents = (plus ? 2 * options.Restarts : 1) + options.Targets;
        var fab = plus ? $", and for FAB {options.Restarts * options.Iterations} times two forward and C − 1 backward" : "";
        return $"{options.Images} test images. At each of {options.Balls.Sum(b => b.Radii.Length)} radii, for each image that stands, at most {ascents * (options.Iterations + 1)} forward and backward passes and {options.Queries} forward. " +
            $"Once for each image{(options.Balls.Count > 1 ? " and norm" : "")} {options.Targets * options.Iterations} times two forward passes and one backward{fab}.";
    }
}
