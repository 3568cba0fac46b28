namespace Harness.Datasets.Glyphs;

/// <summary>One of the ten symbols as it should look, before a hand writes it.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Strokes">Its strokes, as polylines in the square [-1,1] x [-1,1]; x runs right and y down.</param>
internal sealed record Symbol(string Name, IReadOnlyList<Point[]> Strokes)
{
    private const int SegmentsPerSpan = 6;

    /// <summary>All symbols in label order: five pairs, each two that resemble each other.</summary>
    public static IReadOnlyList<Symbol> All { get; } =
    [
        new("hook", [Curve((-.25, -.8), (-.25, -.2), (-.2, .4), (.1, .75), (.5, .55))]),
        new("barbed hook", [Curve((-.25, -.8), (-.25, -.2), (-.2, .4), (.1, .75), (.5, .55)), Lines((-.75, -.45), (-.25, -.25))]),
        new("snail", [Curve((.6, .55), (-.05, .75), (-.6, .25), (-.4, -.5), (.25, -.6), (.5, -.1), (.1, .2), (-.2, -.05))]),
        new("eye", [Curve((.6, .55), (-.05, .75), (-.6, .25), (-.4, -.5), (.25, -.65), (.45, -.25), (.0, .05), (-.6, .0))]),
        new("bolt", [Lines((.45, -.65), (-.4, -.45), (.4, .3), (-.45, .7))]),
        new("wave", [Curve((.5, -.6), (0, -.8), (-.4, -.45), (0, -.05), (.4, .35), (.1, .75), (-.45, .6))]),
        new("arches", [Curve((-.7, .65), (-.6, -.25), (-.3, -.55), (-.05, -.15), (0, .6)), Curve((-.02, -.05), (.3, -.55), (.6, -.25), (.7, .65))]),
        new("gate", [Curve((-.7, .65), (-.6, -.25), (0, -.65), (.6, -.25), (.7, .65)), Lines((0, -.2), (0, .6))]),
        new("fork", [Curve((-.6, -.7), (-.5, -.05), (0, .2), (.5, -.05), (.6, -.7)), Lines((0, -.4), (0, .85))]),
        new("goblet", [Curve((-.6, -.7), (-.5, -.05), (0, .2), (.5, -.05), (.6, -.7)), Lines((0, .2), (0, .85))]),
    ];

    private static Point[] Lines(params (double X, double Y)[] corners)
    {
        var points = new List<Point>();
        for (var i = 1; i < corners.Length; i++)
        {
            // Cut up too, so that an elastic warp can bend it.
            for (var step = 0; step < SegmentsPerSpan; step++)
            {
                var t = step / (double)SegmentsPerSpan;
                points.Add(new(corners[i - 1].X + t * (corners[i].X - corners[i - 1].X), corners[i - 1].Y + t * (corners[i].Y - corners[i - 1].Y)));
            }
        }
        points.Add(new(corners[^1].X, corners[^1].Y));
        return [.. points];
    }

    /// <summary>The Catmull-Rom spline through the knots, its end tangents from its end spans.</summary>
    private static Point[] Curve(params (double X, double Y)[] knots)
    {
        var points = new List<Point>();
        for (var i = 1; i < knots.Length; i++)
        {
            var (before, from, to, after) = (knots[Math.Max(i - 2, 0)], knots[i - 1], knots[i], knots[Math.Min(i + 1, knots.Length - 1)]);
            for (var step = 0; step < SegmentsPerSpan; step++)
            {
                var t = step / (double)SegmentsPerSpan;
                points.Add(new(Between(before.X, from.X, to.X, after.X, t), Between(before.Y, from.Y, to.Y, after.Y, t)));
            }
        }
        points.Add(new(knots[^1].X, knots[^1].Y));
        return [.. points];
    }

    private static double Between(double before, double from, double to, double after, double t) =>
        from + 0.5 * t * (to - before + t * (2 * before - 5 * from + 4 * to - after + t * (3 * (from - to) + after - before)));
}
