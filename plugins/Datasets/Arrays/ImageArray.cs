namespace Harness.Datasets.Arrays;

/// <summary>From an array of images to bytes N x C x H x W.</summary>
internal static class ImageArray
{
    /// <summary>Converts and checks.</summary>
    /// <param name="array">N x H x W, N x H x W x C or N x C x H x W; bytes, or floats in [0,1], which become the nearest of the 256 levels.</param>
    /// <param name="shape">What each image must be.</param>
    /// <param name="layout">Order of the axes.</param>
    /// <param name="path">For messages.</param>
    /// <exception cref="DatasetException">Type, shape or a value does not fit.</exception>
    public static ReadOnlyMemory<byte> Pixels(NumericArray array, ImageShape shape, ArrayLayout layout, string path)
    {
        var planes = IsPlanes(array, shape, layout, path);
        var levels = array.Type == ElementType.UInt8 ? array.Data : Levels(array, shape, path);
        return planes ? levels : ToPlanes(levels.Span, shape);
    }

    private static bool IsPlanes(NumericArray array, ImageShape shape, ArrayLayout layout, string path)
    {
        var (c, h, w) = (shape.Channels, shape.Height, shape.Width);
        var found = array.Shape.Skip(1).ToArray();
        var chw = layout != ArrayLayout.Hwc && found.AsSpan().SequenceEqual([c, h, w]);
        var hwc = layout != ArrayLayout.Chw && found.AsSpan().SequenceEqual([h, w, c]);
        var grey = c == 1 && found.AsSpan().SequenceEqual([h, w]);
        if (chw && hwc && c > 1)
            throw new DatasetException(path, $"'{path}' holds images of {array.Dimensions}, which may be hwc or chw: say which with layout.");
        return chw || hwc || grey ? !hwc || c == 1 : throw new DatasetException(
            path, $"'{path}' holds images of {array.Dimensions}, where the options ask for height {h}, width {w} and channels {c}{(layout == ArrayLayout.Auto ? "" : $" in layout {layout.ToString().ToLowerInvariant()}")}.");
    }

    private static byte[] Levels(NumericArray array, ImageShape shape, string path)
    {
        if (!array.IsFloat) throw new DatasetException(path, $"'{path}' holds images of type {array.Type}; they must be uint8, or floats between 0 and 1.");
        var levels = new byte[array.Data.Length / NumericArray.SizeOf(array.Type)];
        for (var i = 0; i < levels.Length; i++)
        {
            var value = array.Float(i);
            // Written so that NaN is refused too.
            if (!(value >= 0 && value <= 1)) throw new DatasetException(path, FormattableString.Invariant($"'{path}' has the value {value} in image {i / shape.Bytes}; floats must lie between 0 and 1."));
            levels[i] = (byte)Math.Round(value * 255);
        }
        return levels;
    }

    private static byte[] ToPlanes(ReadOnlySpan<byte> interleaved, ImageShape shape)
    {
        var planes = new byte[interleaved.Length];
        var (c, plane) = (shape.Channels, shape.Height * shape.Width);
        for (var i = 0; i < interleaved.Length; i++)
        {
            var (pixel, channel) = (i / c, i % c);
            planes[pixel / plane * shape.Bytes + channel * plane + pixel % plane] = interleaved[i];
        }
        return planes;
    }
}
