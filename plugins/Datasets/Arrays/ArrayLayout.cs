namespace Harness.Datasets.Arrays;

/// <summary>Order of the axes of an image.</summary>
public enum ArrayLayout
{
    /// <summary>Whichever of the two fits.</summary>
    Auto,

    /// <summary>H x W x C.</summary>
    Hwc,

    /// <summary>C x H x W.</summary>
    Chw,
}
