namespace Harness.Datasets.Decoding;

/// <summary>From bytes as a decoder gives them, the channels of a pixel side by side, to planes.</summary>
internal static class Planes
{
    /// <summary>Splits one image.</summary>
    /// <param name="interleaved">H x W x <paramref name="bands"/>.</param>
    /// <param name="bands">1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha or CMYK.</param>
    /// <param name="cmyk">Whether the bands are inks.</param>
    /// <param name="planes">Receives C x H x W.</param>
    /// <param name="channels">C: 1 or 3.</param>
    public static void Split(ReadOnlySpan<byte> interleaved, int bands, bool cmyk, Span<byte> planes, int channels)
    {
        var plane = planes.Length / channels;
        var (green, blue) = bands < 3 ? (0, 0) : (1, 2);
        for (var i = 0; i < plane; i++)
        {
            var pixel = interleaved.Slice(i * bands, bands);
            int r = pixel[0], g = pixel[green], b = pixel[blue];
            if (cmyk)
            {
                var light = 255 - pixel[3];
                (r, g, b) = (Through(r, light), Through(g, light), Through(b, light));
            }
            if (channels == 1)
            {
                planes[i] = (byte)((299 * r + 587 * g + 114 * b + 500) / 1000);
                continue;
            }
            planes[i] = (byte)r;
            planes[plane + i] = (byte)g;
            planes[2 * plane + i] = (byte)b;
        }
    }

    private static int Through(int ink, int light) => ((255 - ink) * light + 127) / 255;
}
