using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.Glyphs;

/// <summary>How the glyphs are written.</summary>
public sealed record GlyphsOptions
{
    /// <value>1000</value>
    [Description("Training images of each class. Image i is the same however many there are.")]
    [Range(1, 100_000)]
    public int TrainImagesPerClass { get; init; } = 1000;

    /// <value>200</value>
    [Description("Test images of each class.")]
    [Range(1, 100_000)]
    public int TestImagesPerClass { get; init; } = 200;

    /// <value>1</value>
    [Description("Strength of the random affine map: 1 turns by up to 17 degrees, slants by up to 0.25, scales each axis between 0.75 and 1.1 and shifts by up to 2 pixels.")]
    [Range(0, 2.0)]
    public double Warp { get; init; } = 1;

    /// <value>3.2</value>
    [Description("Pixels by which the smooth elastic warp moves the strokes at most, along each axis: how unsteady the hand is.")]
    [Range(0, 4.0)]
    public double Elastic { get; init; } = 3.2;

    /// <value>1.4</value>
    [Description("Width of the finest pen in pixels.")]
    [Range(0.5, 6.0)]
    public double MinThickness { get; init; } = 1.4;

    /// <value>3.2</value>
    [Description("Width of the broadest pen in pixels, at least minThickness.")]
    [Range(0.5, 6.0)]
    public double MaxThickness { get; init; } = 3.2;

    /// <value>0</value>
    [Description("How much narrower the pen is along its nib than across it, as a share of its width: 0 is a round pen, 0.8 a calligrapher's.")]
    [Range(0, 0.9)]
    public double NibContrast { get; init; }

    /// <value>4</value>
    [Description("Most crumbs of neighbouring writing at the edges of an image; how many there are is drawn from 0 to this.")]
    [Range(0, 8)]
    public int MaxCrumbs { get; init; } = 4;

    /// <value>32</value>
    [Description("Standard deviation of each pixel's noise, in levels of 255.")]
    [Range(0, 64.0)]
    public double Noise { get; init; } = 32;

    /// <value>0</value>
    [Description("Seed of all images.")]
    public long Seed { get; init; }
}
