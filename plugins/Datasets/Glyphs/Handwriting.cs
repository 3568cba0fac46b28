namespace Harness.Datasets.Glyphs;

/// <summary>
/// The random map from a symbol's square to the image: affine for how it is placed, elastic for how the hand trembles. Rotations use the rational
/// parametrisation of the circle and the elastic field is a cubic spline, because only + - * / and square roots give the same bits on every machine.
/// </summary>
internal sealed class Handwriting
{
    private const double Centre = (GlyphImages.Side - 1) / 2.0;
    private const double PixelsPerUnit = 10.5;
    private const int Grid = 6;

    private readonly double xx, xy, yx, yy, dx, dy;
    private readonly double[] pullX = new double[Grid * Grid];
    private readonly double[] pullY = new double[Grid * Grid];

    /// <summary>Draws one hand's way of writing.</summary>
    /// <param name="options">How much it varies.</param>
    /// <param name="random">Its randomness.</param>
    public Handwriting(GlyphsOptions options, SeededRandom random)
    {
        var t = options.Warp * random.NextDouble(-0.15, 0.15);
        var (cos, sin) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t));
        var slant = options.Warp * random.NextDouble(-0.25, 0.25);
        var scaleX = PixelsPerUnit / (1 + options.Warp * random.NextDouble(-0.09, 0.33));
        var scaleY = PixelsPerUnit / (1 + options.Warp * random.NextDouble(-0.09, 0.33));
        (xx, xy) = (cos * scaleX, (cos * slant - sin) * scaleY);
        (yx, yy) = (sin * scaleX, (sin * slant + cos) * scaleY);
        dx = Centre + options.Warp * random.NextDouble(-2, 2);
        dy = Centre + options.Warp * random.NextDouble(-2, 2);
        for (var i = 0; i < pullX.Length; i++)
        {
            pullX[i] = options.Elastic * random.NextDouble(-1, 1);
            pullY[i] = options.Elastic * random.NextDouble(-1, 1);
        }
    }

    /// <summary>Where a point of the symbol comes to lie, in pixels; (0, 0) is the centre of the image's first pixel.</summary>
    /// <param name="point">A point of [-1,1] x [-1,1].</param>
    public Point Place(Point point)
    {
        // Cubic B-spline over a grid whose knots are 2/3 apart: the square spans three cells.
        var (column, u) = Cell(point.X);
        var (row, v) = Cell(point.Y);
        double x = xx * point.X + xy * point.Y + dx, y = yx * point.X + yy * point.Y + dy;
        Span<double> across = stackalloc double[4], down = stackalloc double[4];
        Weights(u, across);
        Weights(v, down);
        for (var j = 0; j < 4; j++)
        {
            for (var i = 0; i < 4; i++)
            {
                var (knot, weight) = ((row + j) * Grid + column + i, down[j] * across[i]);
                x += weight * pullX[knot];
                y += weight * pullY[knot];
            }
        }
        return new(x, y);
    }

    private static (int Cell, double Offset) Cell(double coordinate)
    {
        var position = (coordinate + 1) * ((Grid - 3) / 2.0);
        var cell = Math.Clamp((int)position, 0, Grid - 4);
        return (cell, position - cell);
    }

    private static void Weights(double t, Span<double> weights)
    {
        var s = 1 - t;
        weights[0] = s * s * s / 6;
        weights[1] = (4 - 6 * t * t + 3 * t * t * t) / 6;
        weights[2] = (4 - 6 * s * s + 3 * s * s * s) / 6;
        weights[3] = t * t * t / 6;
    }
}
