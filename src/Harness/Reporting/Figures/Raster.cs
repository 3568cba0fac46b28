using NetVips;

namespace Harness.Reporting.Figures;

/// <summary>Makes pixels of drawings, with the SVG reader that comes with libvips. Letters are those of the system's fonts.</summary>
internal static class Raster
{
    /// <summary>Pixels for each unit of the drawing: a figure of seven data sets is then 3600 pixels wide, 30 cm at 300 dots an inch.</summary>
    private const double Scale = 3;

    /// <summary>Draws an SVG document.</summary>
    /// <param name="svg">The document.</param>
    /// <param name="lack">Why it cannot; null where it can.</param>
    /// <returns>The PNG, or null.</returns>
    public static byte[]? Png(byte[] svg, out string? lack)
    {
        try
        {
            using var image = Image.SvgloadBuffer(svg, scale: Scale);
            lack = null;
            return image.PngsaveBuffer(compression: 9);
        }
        catch (Exception e) when (e is VipsException or DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            lack = (e.InnerException ?? e).Message.Split('\n')[0];
            return null;
        }
    }
}
