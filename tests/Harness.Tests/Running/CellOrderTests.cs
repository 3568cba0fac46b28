using CsCheck;
using Harness.Running;

namespace Harness.Tests.Running;

public class CellOrderTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void WithoutADeadlineTheLongestGoFirstAndTheUnknownBeforeThem() =>
        Assert.Equal(["?", "c", "b", "a"], CellOrder.LongestFirst(["a", "b", "?", "c"], Times("a 1", "b 2", "c 3"), Nothing));

    [Fact]
    public void WhereNoTimeIsKnownTheMostWorkGoesFirst() =>
        Assert.Equal(["?", "b", "a", "c"], CellOrder.LongestFirst(["a", "b", "?", "c"], Times("c 9"), Work("a 1", "b 2", "c 3")));

    [Fact]
    public void BeforeADeadlineWhereNoTimeIsKnownTheLeastWorkGoesFirst() => Assert.Equal(
        ["c", "a", "b", "?"], CellOrder.MostBefore(["b", "a", "?", "c"], Times("c 1"), Work("a 1", "b 2", "c 3"), _ => null, 4 * Hour, [TimeSpan.Zero]));

    [Fact]
    public void BeforeADeadlineTheShortestGoFirst() =>
        Assert.Equal(["a", "b", "c"], Before(10, 1, "c 9", "a 1", "b 2"));

    [Fact]
    public void OneMoreThatFitsLongestFirstIsWorthTheOrder() =>
        // 1, 1, 2 on two places end at 3 hours shortest first and at 2 longest first.
        Assert.Equal(["c", "b", "a"], Before(2.5, 2, "a 1", "b 1", "c 2"));

    [Fact]
    public void WhatCannotEndComesLastNearestToItsEndFirst() =>
        Assert.Equal(["a", "?", "b", "c"], Before(4, 1, "c 30", "b 20", "a 1", "?"));

    [Fact]
    public void WhatWouldNotGetThroughAnEpochIsNotStarted() => Assert.Equal(
        ["b"], CellOrder.MostBefore(["a", "b"], Times("a 9", "b 9"), Nothing, key => key == "a" ? Hour : Hour / 4, Hour / 2, [TimeSpan.Zero]));

    [Fact]
    public void PlacesThatAreTakenCount() =>
        Assert.Equal(2 * Hour, CellOrder.LastEnd([Hour], [Hour, 1.5 * Hour]));

    [Fact]
    public void AsManyEndAsWouldInAnyOrder() => Gen.Select(Gen.Int[1, 20].Array[1, 6], Gen.Int[1, 3], Gen.Int[1, 40]).Sample((hours, places, limit) =>
    {
        var keys = hours.Select((_, i) => $"{i}").ToArray();
        var free = Enumerable.Repeat(TimeSpan.Zero, places).ToArray();
        // The order trusts nine tenths of the time; the second is for rounding.
        var ended = Ended(CellOrder.MostBefore(keys, key => hours[int.Parse(key)] * Hour, Nothing, _ => null, (limit * Hour + TimeSpan.FromSeconds(1)) / 0.9, free));
        var shortest = Ended([.. keys.OrderBy(key => hours[int.Parse(key)])]);
        Assert.True(ended >= shortest);
        if (places == 1) Assert.Equal(shortest, ended);   // on one place the shortest first are the most there can be

        int Ended(IReadOnlyList<string> order) => Enumerable.Range(1, order.Count)
            .LastOrDefault(count => CellOrder.LastEnd(order.Take(count).Select(key => hours[int.Parse(key)] * Hour), free) <= limit * Hour);
    });

    private static IReadOnlyList<string> Before(double hours, int places, params string[] cells) => CellOrder.MostBefore(
        [.. cells.Select(c => c.Split(' ')[0])], Times(cells), Nothing, _ => null, hours * Hour, Enumerable.Repeat(TimeSpan.Zero, places).ToArray());

    private static double? Nothing(string key) => null;

    private static Func<string, double?> Work(params string[] cells)
    {
        var flops = cells.Select(c => c.Split(' ')).ToDictionary(c => c[0], c => double.Parse(c[1]));
        return key => flops.TryGetValue(key, out var known) ? known : null;
    }

    private static Func<string, TimeSpan?> Times(params string[] cells)
    {
        var hours = cells.Select(c => c.Split(' ')).Where(c => c.Length == 2).ToDictionary(c => c[0], c => int.Parse(c[1]));
        return key => hours.TryGetValue(key, out var time) ? time * Hour : null;
    }
}
