namespace Harness.Running;

/// <summary>In which order waiting cells are started.</summary>
public static class CellOrder
{
    /// <summary>Estimates are rough: what would end in the last tenth of the time may not.</summary>
    private const double Trusted = 0.9;

    /// <summary>
    /// Longest first, so that no long cell is left to run by itself at the end; before those of known time the others, which may be long, by their work; and before them those of which
    /// not even that is known.
    /// </summary>
    /// <param name="waiting">Keys of the cells.</param>
    /// <param name="left">Time a cell still takes, or null.</param>
    /// <param name="work">What it still has to compute, or null; asked where the time is not known.</param>
    public static IReadOnlyList<string> LongestFirst(IReadOnlyList<string> waiting, Func<string, TimeSpan?> left, Func<string, double?> work) =>
        [.. waiting.OrderByDescending(key => left(key) ?? TimeSpan.MaxValue).ThenByDescending(key => Unlimited(work(key)))];

    /// <summary>
    /// So that the most end before a deadline. Shortest first ends the most of them, nearly; longest first among as many of the shortest as fit can fit one more, and is taken only
    /// where it does. After those that can end come those that cannot, the nearest to its end first: they get on, and a later run continues them. A cell that would not
    /// get through an epoch is not started, since nothing of it would be kept.
    /// </summary>
    /// <param name="waiting">Keys of the cells.</param>
    /// <param name="left">Time a cell still takes, or null where it is not known; then it comes after all that can end.</param>
    /// <param name="work">What it still has to compute, or null: of those whose time is not known the least work comes first.</param>
    /// <param name="epoch">Time of one of its epochs with its start, or null.</param>
    /// <param name="timeLeft">Until the deadline.</param>
    /// <param name="busyFor">For each place that cells can have at once: how long it is taken.</param>
    /// <returns>The keys of the cells to start, the first first.</returns>
    public static IReadOnlyList<string> MostBefore(
        IReadOnlyList<string> waiting, Func<string, TimeSpan?> left, Func<string, double?> work, Func<string, TimeSpan?> epoch, TimeSpan timeLeft, IReadOnlyList<TimeSpan> busyFor)
    {
        var useful = waiting.Where(key => !(epoch(key) > timeLeft)).ToList();
        var known = useful.Where(key => left(key) is not null).OrderBy(key => left(key)).ToList();
        var unknown = useful.Where(key => left(key) is null).OrderBy(key => Unlimited(work(key)));
        var trusted = timeLeft * Trusted;

        var times = known.Select(key => left(key)!.Value).ToList();
        var shortestFirst = Largest(count => LastEnd(times.Take(count), busyFor) <= trusted);
        var packed = Largest(count => LastEnd(Enumerable.Reverse(times.Take(count)), busyFor) <= trusted);
        return packed > shortestFirst
            ? [.. Enumerable.Reverse(known.Take(packed)), .. unknown, .. known.Skip(packed)]
            : [.. known.Take(shortestFirst), .. unknown, .. known.Skip(shortestFirst)];

        // One cell more never ends sooner.
        int Largest(Predicate<int> fits)
        {
            var (low, high) = (0, known.Count);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (fits(middle)) low = middle;
                else high = middle - 1;
            }
            return low;
        }
    }

    /// <summary>When the last cell ends if each goes to the place that is free first.</summary>
    /// <param name="cells">Their times, in the order in which they start.</param>
    /// <param name="busyFor">For each place: how long it is taken at first.</param>
    public static TimeSpan LastEnd(IEnumerable<TimeSpan> cells, IReadOnlyList<TimeSpan> busyFor)
    {
        if (busyFor.Count == 0) return TimeSpan.MaxValue;
        var free = new PriorityQueue<int, TimeSpan>(busyFor.Index().Select(place => (place.Index, place.Item)));
        var last = busyFor.Max();
        foreach (var cell in cells)
        {
            free.TryDequeue(out var place, out var at);
            var end = at + cell;
            free.Enqueue(place, end);
            if (end > last) last = end;
        }
        return last;
    }

    private static double Unlimited(double? work) => work ?? double.PositiveInfinity;
}
