namespace Harness.Reporting.Numbers;

/// <summary>
/// The learning rates that were tried for one architecture on one data set, and the one that speaks for it: of lowest last-epoch test error, as Papyan, Han and Donoho
/// 2020 choose it. That is selection on the test images, so the chosen rate's test error is optimistic. Known from the run folder alone, and written nowhere.
/// </summary>
/// <param name="Place">Its place among the sweeps, from 0.</param>
/// <param name="Architecture">Label.</param>
/// <param name="Dataset">Label.</param>
/// <param name="Rates">Every rate, rising.</param>
internal sealed record SweepChoice(int Place, string Architecture, string Dataset, IReadOnlyList<SweptRate> Rates)
{
    /// <summary>The sentence that goes with every choice.</summary>
    public const string Honesty = "Selected on test error, as the paper does; the test error of the chosen rate is therefore optimistic.";

    /// <summary>Id of its part of the page.</summary>
    public string Anchor => $"sweep-{Place + 1}";

    /// <summary>The rate of lowest test error over all seeds; of several the lowest rate; null where no rate has one. A rate of which a seed failed is never chosen.</summary>
    public SweptRate? Chosen { get; } = Rates.Where(r => r.TestError is not null).OrderBy(r => r.TestError).ThenBy(r => r.Rate).FirstOrDefault();

    /// <summary>Whether a rate may still come that is better: not all have ended.</summary>
    public bool Provisional => Rates.Any(r => !r.Ended);

    /// <summary>Rates that ended and cannot be chosen: a seed failed, or its test error was not measured.</summary>
    public IReadOnlyList<SweptRate> Lost => [.. Rates.Where(r => r.Ended && r.TestError is null)];

    /// <summary>Rates whose test error is that of the chosen one, which is the lowest of them; itself alone where there is no tie.</summary>
    public int Tied => Chosen is { } chosen ? Rates.Count(r => r.TestError == chosen.TestError) : 0;

    /// <summary>Whether the chosen rate is the lowest or the highest of all: then a better one may lie beyond.</summary>
    public bool AtTheEdge => Chosen is { } chosen && (chosen == Rates[0] || chosen == Rates[^1]);

    /// <summary>The sweeps of a run, in its order.</summary>
    /// <param name="cells">Every cell of the run.</param>
    public static IReadOnlyList<SweepChoice> Of(IEnumerable<CellView> cells) =>
    [
        .. cells.Where(c => c.Spec.Swept).GroupBy(c => (Architecture: c.Spec.Architecture.Label, Dataset: c.Spec.Dataset.Label))
            .Select((sweep, place) => new SweepChoice(place, sweep.Key.Architecture, sweep.Key.Dataset,
                [.. sweep.GroupBy(c => c.Spec.Training.LearningRate).OrderBy(rate => rate.Key).Select(rate => new SweptRate(rate.Key, [.. rate]))])),
    ];
}
