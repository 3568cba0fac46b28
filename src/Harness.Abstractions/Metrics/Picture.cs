using static TorchSharp.torch;

namespace Harness;

/// <summary>A small image for people to look at.</summary>
/// <param name="Caption">What it shows, in a word or two: "clean", "perturbation × 20".</param>
/// <param name="Shape">1 or 3 channels.</param>
/// <param name="Pixels">One byte a pixel and channel, C x H x W, as many as the shape says.</param>
public sealed record Picture(string Caption, ImageShape Shape, byte[] Pixels)
{
    /// <summary>From a tensor, on any device.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="pixels">
    /// C x H x W. Bytes are taken as they are; floating-point pixels are nominally in [0,1], what lies outside is clipped, and NaN is black. It stays the caller's.
    /// </param>
    /// <exception cref="ArgumentException">It is no C x H x W, or holds whole numbers that are no bytes.</exception>
    public static Picture Of(string caption, Tensor pixels)
    {
        if (pixels.dim() != 3) throw new ArgumentException($"The picture '{caption}' has {pixels.dim()} dimensions; a picture is C x H x W.", nameof(pixels));
        if (!pixels.is_floating_point() && pixels.dtype != ScalarType.Byte)
            throw new ArgumentException($"The picture '{caption}' holds numbers of type {pixels.dtype}; a picture holds bytes or floating-point pixels in [0,1].", nameof(pixels));
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        var bytes = pixels.is_floating_point() ? pixels.nan_to_num(0).clamp(0, 1).mul(255).round().to(ScalarType.Byte) : pixels;
        return new(caption, new((int)pixels.shape[0], (int)pixels.shape[1], (int)pixels.shape[2]), bytes.cpu().contiguous().data<byte>().ToArray());
    }
}
