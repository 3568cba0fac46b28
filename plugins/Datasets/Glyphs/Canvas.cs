namespace Harness.Datasets.Glyphs;

/// <summary>A grey image in the making: how much of each pixel is ink, in [0,1].</summary>
internal sealed class Canvas
{
    private readonly double[] ink = new double[GlyphImages.Side * GlyphImages.Side];

    /// <summary>Wipes all ink.</summary>
    public void Clear() => Array.Clear(ink);

    /// <summary>Draws a straight line with round ends: a pixel's share of ink falls from 1 to 0 within one pixel across the line's edge.</summary>
    /// <param name="from">Start, in pixels.</param>
    /// <param name="to">End, in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    public void Line(Point from, Point to, double width)
    {
        var reach = width / 2 + 0.5;
        double dx = to.X - from.X, dy = to.Y - from.Y;
        var squaredLength = dx * dx + dy * dy;
        int left = Pixel(Math.Min(from.X, to.X) - reach), right = Pixel(Math.Max(from.X, to.X) + reach + 1);
        int top = Pixel(Math.Min(from.Y, to.Y) - reach), bottom = Pixel(Math.Max(from.Y, to.Y) + reach + 1);
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
            {
                double px = x - from.X, py = y - from.Y;
                var along = squaredLength > 0 ? Math.Clamp((px * dx + py * dy) / squaredLength, 0, 1) : 0;
                px -= along * dx;
                py -= along * dy;
                var share = Math.Min(reach - Math.Sqrt(px * px + py * py), 1);
                ref var pixel = ref ink[y * GlyphImages.Side + x];
                if (share > pixel) pixel = share;
            }
        }
    }

    /// <summary>The image as bytes, with noise.</summary>
    /// <param name="level">Level of full ink, 0 to 255.</param>
    /// <param name="noise">Standard deviation of the noise, in levels.</param>
    /// <param name="random">The noise's randomness.</param>
    /// <param name="pixels">Receives the image.</param>
    public void Develop(double level, double noise, SeededRandom random, Span<byte> pixels)
    {
        // The sum of four uniforms is close to normal, and its deviation is sqrt(4/12).
        var scale = noise * Math.Sqrt(3) / 65536;
        for (var i = 0; i < ink.Length; i++)
        {
            var bits = random.NextBits();
            var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
            pixels[i] = (byte)(Math.Clamp(level * ink[i] + scale * (sum - 131070), 0, 255) + 0.5);
        }
    }

    private static int Pixel(double coordinate) => (int)Math.Clamp(coordinate, 0, GlyphImages.Side);
}
