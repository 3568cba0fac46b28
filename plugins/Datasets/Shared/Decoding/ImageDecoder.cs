using NetVips;

namespace Harness.Datasets.Decoding;

/// <summary>
/// One image file to bytes, as PIL and torchvision read it: EXIF orientation and colour profiles are ignored, alpha is dropped, grey is copied into all channels, CMYK
/// becomes (255 - ink)(255 - black)/255. The format is told by the content, never by the name. Decoding and resizing are libvips's, on the calling thread alone.
/// </summary>
/// <param name="geometry">Resizing (antialiased bilinear) and crop.</param>
/// <param name="channels">1 (ITU-R 601 luma) or 3 (RGB).</param>
internal sealed class ImageDecoder(CropGeometry geometry, int channels)
{
    /// <summary>Counts up with every change to a pixel of any image.</summary>
    public const int Generation = 1;

    // Held for as long as libvips may call it.
    private static readonly Log.LogDelegate Silent = (_, _, _) => { };

    // A photograph has a tenth of that; a file that claims more is damaged or an attack.
    private const long MostPixels = 100_000_000;

    /// <summary>Shape of every image.</summary>
    public ImageShape Shape { get; } = new(channels, geometry.Side, geometry.Side);

    /// <summary>Loads libvips from the plugin's folder. The images of a batch are decoded side by side, so libvips needs no threads and no cache of its own.</summary>
    /// <exception cref="DatasetException">It cannot be loaded.</exception>
    public static void Prepare()
    {
        if (!ModuleInitializer.VipsInitialized)
        {
            var reason = OneLine(ModuleInitializer.Exception?.Message ?? "no reason was given");
            throw new DatasetException("", $"libvips, which decodes the images, cannot be loaded ({reason}): the plugin carries it for 64-bit x86 Linux only.", ModuleInitializer.Exception);
        }
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        // It would print every warning of every damaged file; what matters comes as an exception.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silent);
    }

    /// <summary>Decodes one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pixels">Receives C x H x W bytes: exactly <see cref="Shape"/>.</param>
    /// <exception cref="DatasetException">It cannot be read, is truncated, or is no image.</exception>
    public void Decode(string path, Span<byte> pixels)
    {
        try
        {
            Decode(path, File.ReadAllBytes(path), pixels);
        }
        catch (VipsException e)
        {
            throw new DatasetException(path, $"'{path}' cannot be decoded: {OneLine(e.Message)}; replace the file by a whole JPEG, PNG, BMP, GIF or WebP image.", e);
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(path, $"'{path}' cannot be decoded: {e.Message}.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private void Decode(string path, byte[] file, Span<byte> pixels)
    {
        using var whole = Open(path, file);
        if ((long)whole.Width * whole.Height > MostPixels)
            throw new DatasetException(path, $"'{path}' states {whole.Width} x {whole.Height} pixels, and at most {MostPixels:N0} are decoded: scale it down.");
        var (width, height) = geometry.Resized(whole.Width, whole.Height);
        // Where a step has nothing to do its result is its input, disposed of twice, which is harmless.
        using var image = Shrunk(whole, file);
        using var levels = image is { Format: Enums.BandFormat.Uchar, Interpretation: Enums.Interpretation.Bw or Enums.Interpretation.Srgb or Enums.Interpretation.Cmyk }
            ? image
            : image.Colourspace(Enums.Interpretation.Srgb);
        using var resized = levels.Width == width && levels.Height == height
            ? levels
            : levels.Resize((double)width / levels.Width, Enums.Kernel.Linear, vscale: (double)height / levels.Height);
        using var cropped = resized.Crop(geometry.Offset(width), geometry.Offset(height), geometry.Side, geometry.Side);
        var memory = cropped.WriteToMemory(out var length);
        try
        {
            unsafe
            {
                Planes.Split(new ReadOnlySpan<byte>((void*)memory, checked((int)length)), cropped.Bands, cropped.Interpretation == Enums.Interpretation.Cmyk, pixels, channels);
            }
        }
        finally
        {
            NetVips.NetVips.Free(memory);
        }
    }

    private static Image Open(string path, byte[] file)
    {
        if (file.Length == 0) throw new DatasetException(path, $"'{path}' is empty: replace it by the image.");
        return Bitmap.Is(file) ? Bitmap.Read(file) : Image.NewFromBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated);
    }

    /// <summary>A JPEG at least four times as large as needed is decoded at half, a quarter or an eighth of its size, which saves most of the work; the last factor of two and more is resized.</summary>
    private Image Shrunk(Image whole, byte[] file)
    {
        var excess = Math.Min(whole.Width, whole.Height) / geometry.ShorterSide;
        var shrink = excess >= 16 ? 8 : excess >= 8 ? 4 : excess >= 4 ? 2 : 1;
        return shrink > 1 && file is [0xFF, 0xD8, ..] ? Image.JpegloadBuffer(file, shrink: shrink, access: Enums.Access.Sequential, failOn: Enums.FailOn.Truncated) : whole;
    }

    private static string OneLine(string message) => string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
