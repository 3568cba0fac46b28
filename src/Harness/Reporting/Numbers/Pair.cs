namespace Harness.Reporting.Numbers;

/// <summary>An architecture on a data set, with a cell for each seed: what statistics count, since seeds repeat one thing and do not add another.</summary>
/// <param name="Architecture">Label.</param>
/// <param name="Dataset">Label.</param>
/// <param name="Seeds">Its cells, at least one.</param>
internal sealed record Pair(string Architecture, string Dataset, IReadOnlyList<CellView> Seeds)
{
    /// <summary>The numbers its seeds have, one for each that has one.</summary>
    public IReadOnlyList<double> Values(Func<CellView, double?> value) => [.. Seeds.Select(value).OfType<double>().Where(double.IsFinite)];

    /// <summary>Whether every seed of it ran to its end.</summary>
    public bool Done => Seeds.All(s => s.Done);
}
