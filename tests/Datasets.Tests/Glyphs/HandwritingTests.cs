using CsCheck;
using Harness.Datasets.Glyphs;

namespace Datasets.Tests.Glyphs;

public class HandwritingTests
{
    private static readonly Gen<Point> InSquare = Gen.Select(Gen.Double[-1, 1], Gen.Double[-1, 1]).Select((x, y) => new Point(x, y));

    [Fact]
    public void WithoutWarpsASymbolIsCentred() =>
        Gen.Select(Gen.ULong, InSquare).Sample((seed, point) =>
            Distance(Hand(0, 0, seed).Place(point), new(13.5 + 10.5 * point.X, 13.5 + 10.5 * point.Y)) < 1e-9);

    [Fact]
    public void AnAffineMapKeepsMidpoints() =>
        Gen.Select(Gen.ULong, InSquare, InSquare).Sample((seed, a, b) =>
        {
            var hand = Hand(1, 0, seed);
            var (from, to) = (hand.Place(a), hand.Place(b));
            return Distance(hand.Place(Middle(a, b)), Middle(from, to)) < 1e-9;
        });

    [Fact]
    public void TurnsByAtMostSeventeenDegreesEitherWay()
    {
        // The x axis is neither slanted nor moved against the centre: its direction is the rotation.
        var degrees = Enumerable.Range(0, 2000).Select(seed =>
        {
            var hand = Hand(1, 0, (ulong)seed);
            var (centre, right) = (hand.Place(new(0, 0)), hand.Place(new(1, 0)));
            return Math.Atan2(right.Y - centre.Y, right.X - centre.X) * 180 / Math.PI;
        }).ToList();
        Assert.InRange(degrees.Max(), 16.5, 17.1);
        Assert.InRange(degrees.Min(), -17.1, -16.5);
    }

    [Fact]
    public void TheElasticWarpMovesNoPointFurtherThanItsOption() =>
        Gen.Select(Gen.ULong, InSquare, Gen.Double[0, 4]).Sample((seed, point, elastic) =>
        {
            var (still, moved) = (Hand(0, 0, seed).Place(point), Hand(0, elastic, seed).Place(point));
            return Math.Abs(moved.X - still.X) <= elastic + 1e-9 && Math.Abs(moved.Y - still.Y) <= elastic + 1e-9;
        });

    [Fact]
    public void TheElasticWarpIsSmooth() =>
        Gen.Select(Gen.ULong, Gen.Double[-1, 0.999]).Sample((seed, x) =>
        {
            var hand = Hand(0, 2.8, seed);
            return Distance(hand.Place(new(x, 0.2)), hand.Place(new(x + 0.001, 0.2))) < 0.03;
        });

    private static Handwriting Hand(double warp, double elastic, ulong seed) => new(new() { Warp = warp, Elastic = elastic }, new(seed));

    private static Point Middle(Point a, Point b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private static double Distance(Point a, Point b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
