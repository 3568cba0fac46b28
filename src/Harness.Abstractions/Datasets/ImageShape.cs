namespace Harness;

/// <summary>Shape of one image.</summary>
/// <param name="Channels">1 for grey, 3 for colour.</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Bytes of one image, one byte a pixel and channel.</summary>
    public int Bytes => Channels * Height * Width;

    /// <summary>As people write it: height x width x channels.</summary>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
