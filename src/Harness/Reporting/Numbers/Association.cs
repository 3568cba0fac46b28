using Harness.Reporting.Statistics;

namespace Harness.Reporting.Numbers;

/// <summary>
/// Whether two quantities go together: Spearman's rho, within cells along the epochs and across pairs at the last one, its sign turned so that positive means that more collapse goes with more robustness,
/// or with better generalization. Within cells it is the median over pairs of the mean over seeds of each cell's rho. Epochs of one training follow each other, so only pairs and seeds are drawn again.
/// </summary>
/// <param name="X">The measure of collapse.</param>
/// <param name="Y">What it is set against.</param>
/// <param name="Training">Within cells, over all measured epochs.</param>
/// <param name="Terminal">Within cells, over those of the terminal phase.</param>
/// <param name="TerminalGivenAccuracy">The same, test accuracy held fixed; null where that makes no sense.</param>
/// <param name="Across">Across pairs, at the last epoch.</param>
/// <param name="AcrossGivenAccuracy">The same, test accuracy held fixed; null where that makes no sense.</param>
internal sealed record Association(Axis X, Axis Y, Estimate Training, Estimate Terminal, Estimate? TerminalGivenAccuracy, Estimate Across, Estimate? AcrossGivenAccuracy)
{
    /// <summary>Fewest measured epochs of a cell that bear a correlation within it.</summary>
    public const int FewestEpochs = 5;

    /// <summary>Takes it from the cells of the matrix that ran to their end.</summary>
    /// <param name="run">The run.</param>
    /// <param name="x">The measure of collapse.</param>
    /// <param name="y">What it is set against.</param>
    /// <param name="givenAccuracy">Whether to hold test accuracy fixed as well.</param>
    public static Association Of(RunView run, Axis x, Axis y, bool givenAccuracy)
    {
        var pairs = run.Pairs.Select(pair => pair.Seeds.Where(s => s.Done).Select(s => Trajectory.Of(s, x, y)).ToArray()).ToArray();
        return new(
            x, y,
            Within(pairs, cell => RankCorrelation.Of(cell.X, cell.Y), terminal: false),
            Within(pairs, cell => RankCorrelation.Of(cell.X, cell.Y), terminal: true),
            givenAccuracy ? Within(pairs, cell => RankCorrelation.Partial(cell.X, cell.Y, cell.Accuracy), terminal: true, accuracy: true) : null,
            AtTheEnd(pairs, means => RankCorrelation.Of(means[0], means[1])),
            givenAccuracy ? AtTheEnd(pairs, means => RankCorrelation.Partial(means[0], means[1], means[2]), accuracy: true) : null);
    }

    private static Estimate Within(Trajectory[][] pairs, Func<Trajectory, double> correlation, bool terminal, bool accuracy = false)
    {
        var groups = pairs.Select(seeds => seeds.Select(s => terminal ? s.InTerminalPhase : s).Select(s => accuracy ? s.WithAccuracy : s).Where(s => s.X.Length >= FewestEpochs)
            .Select(correlation).Where(double.IsFinite).Select(rho => new[] { rho }).ToArray()).Where(seeds => seeds.Length > 0).ToArray();
        return Bootstrap.Of(groups, means => Median.OfScratch(means[0]));
    }

    private static Estimate AtTheEnd(Trajectory[][] pairs, Func<double[][], double> correlation, bool accuracy = false)
    {
        var groups = pairs.Select(seeds => seeds.Where(s => s.AtTheEnd is not null && (!accuracy || double.IsFinite(s.AtTheEnd[2]))).Select(s => s.AtTheEnd!).ToArray())
            .Where(seeds => seeds.Length > 0).ToArray();
        return groups.Length < (accuracy ? RankCorrelation.FewestPoints + 1 : RankCorrelation.FewestPoints) ? new(double.NaN, null, groups.Length, groups.Sum(g => g.Length)) : Bootstrap.Of(groups, correlation);
    }
}
