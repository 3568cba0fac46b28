namespace Harness.Reporting.Cells;

/// <summary>Pictures at the size the page has room for.</summary>
internal static class Thumbnail
{
    /// <summary>The longest side that is left as it is.</summary>
    public const int LongestSide = 64;

    /// <summary>A picture of at most <see cref="LongestSide"/> pixels a side: a larger one is averaged over squares of whole pixels, those at the right and lower edge over what is left.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="by">By how much its sides shrank; 1 where it is as it was.</param>
    public static Picture Of(Picture picture, out int by)
    {
        var (channels, height, width) = picture.Shape;
        var factor = by = (Math.Max(height, width) + LongestSide - 1) / LongestSide;
        if (factor == 1) return picture;
        var shape = new ImageShape(channels, (height + factor - 1) / factor, (width + factor - 1) / factor);
        var pixels = new byte[shape.Bytes];
        for (var at = 0; at < pixels.Length; at++)
        {
            var (c, y, x) = (at / (shape.Height * shape.Width), at / shape.Width % shape.Height * factor, at % shape.Width * factor);
            var (sum, count) = (0, 0);
            for (var i = y; i < Math.Min(y + factor, height); i++)
                for (var j = x; j < Math.Min(x + factor, width); j++, count++) sum += picture.Pixels[(((c * height) + i) * width) + j];
            pixels[at] = (byte)((sum + (count / 2)) / count);
        }
        return picture with { Shape = shape, Pixels = pixels };
    }
}
