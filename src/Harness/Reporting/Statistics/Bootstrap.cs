namespace Harness.Reporting.Statistics;

/// <summary>
/// The percentile interval of a two-level bootstrap: groups are drawn with replacement, then within each drawn group its members (Efron 1979, Ann. Statist. 7:1; Davison and Hinkley 1997,
/// section 3.8). Groups are architectures on data sets, members their seeds. The members' scatter is in the groups' means already and is drawn again, so intervals are, if anything, too wide. The draws
/// are the same every time, so a report made again says the same.
/// </summary>
internal static class Bootstrap
{
    /// <summary>Fewest groups that bear an interval: of fewer, simulated percentile intervals missed the truth too often.</summary>
    public const int FewestGroups = 6;

    /// <summary>How many times a run is drawn again.</summary>
    public const int Resamples = 1000;

    private const double Level = 0.95;

    /// <summary>A statistic of the groups' means, with its interval.</summary>
    /// <param name="groups">Groups of members, each of at least one; every member a vector of as many components.</param>
    /// <param name="statistic">A number from the means of the groups: an array for each component, with a value for each group. It may sort its arrays; NaN where it is not defined.</param>
    public static Estimate Of(IReadOnlyList<IReadOnlyList<double[]>> groups, Func<double[][], double> statistic)
    {
        var members = groups.Sum(g => g.Count);
        if (groups.Count == 0) return new(double.NaN, null, 0, 0);
        var columns = groups[0][0].Select(_ => new double[groups.Count]).ToArray();
        for (var group = 0; group < groups.Count; group++)
        {
            for (var component = 0; component < columns.Length; component++) columns[component][group] = groups[group].Average(member => member[component]);
        }
        return new(statistic(columns), groups.Count < FewestGroups ? null : Drawn(groups, columns, statistic), groups.Count, members);
    }

    private static Interval? Drawn(IReadOnlyList<IReadOnlyList<double[]>> groups, double[][] columns, Func<double[][], double> statistic)
    {
        var random = new Seed(0).Derive("bootstrap").Random();
        var values = new List<double>(Resamples);
        for (var draw = 0; draw < Resamples; draw++)
        {
            for (var place = 0; place < groups.Count; place++) Draw(groups[random.Next(groups.Count)], random, columns, place);
            if (statistic(columns) is var value && !double.IsNaN(value)) values.Add(value);
        }

        // A statistic that many draws leave undefined has no interval worth the name. Where every draw agrees, the interval is a point.
        if (values.Count < Level * Resamples) return null;
        values.Sort();
        return new(Quantile(values, (1 - Level) / 2), Quantile(values, (1 + Level) / 2));
    }

    /// <summary>The mean of members drawn from a group, as many as it has.</summary>
    private static void Draw(IReadOnlyList<double[]> group, SeededRandom random, double[][] columns, int place)
    {
        foreach (var column in columns) column[place] = 0;
        for (var i = 0; i < group.Count; i++)
        {
            var member = group[group.Count == 1 ? 0 : random.Next(group.Count)];
            for (var component = 0; component < columns.Length; component++) columns[component][place] += member[component] / group.Count;
        }
    }

    private static double Quantile(List<double> sorted, double share)
    {
        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
    }
}
