namespace Harness;

/// <summary>How an image of any size becomes a square: resized so that its shorter side has a given length, then cropped at the centre.</summary>
/// <param name="ShorterSide">Pixels of the shorter side after resizing, at least <paramref name="Side"/>.</param>
/// <param name="Side">Height and width of the crop in pixels.</param>
public readonly record struct CropGeometry(int ShorterSide, int Side)
{
    /// <summary>The standard evaluation on ImageNet: the shorter side to 256/224 of the crop, so 256 and then 224 (Krizhevsky, Sutskever and Hinton 2012; torchvision's reference).</summary>
    /// <param name="side">Height and width of the crop in pixels.</param>
    public static CropGeometry Evaluation(int side) => new((int)Math.Round(side * 256 / 224.0), side);

    /// <summary>The whole shorter side is kept; an image that already is such a square stays as it is, to the byte.</summary>
    /// <param name="side">Height and width of the crop in pixels.</param>
    public static CropGeometry Whole(int side) => new(side, side);

    /// <summary>Height and width after resizing; the longer side is rounded down.</summary>
    /// <param name="width">Width before, at least 1.</param>
    /// <param name="height">Height before, at least 1.</param>
    public (int Width, int Height) Resized(int width, int height) => width <= height
        ? (ShorterSide, (int)((long)ShorterSide * height / width))
        : ((int)((long)ShorterSide * width / height), ShorterSide);

    /// <summary>Where the crop starts along a side of the given length; halves go to the even pixel.</summary>
    /// <param name="length">Pixels of the side after resizing.</param>
    public int Offset(int length) => (int)Math.Round((length - Side) / 2.0);
}
