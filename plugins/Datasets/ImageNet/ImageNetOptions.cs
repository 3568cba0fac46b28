using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.ImageNet;

/// <summary>Which part of ImageNet, and how large its images are.</summary>
public sealed record ImageNetOptions
{
    /// <value>224</value>
    [Description("Height and width in pixels: the shorter side is resized to 256/224 of it, the centre is cropped to it.")]
    [Range(8, 1024)]
    public int ImageSize { get; init; } = 224;

    /// <value>all</value>
    [Description("The WordNet ids of the classes used, such as [n01440764, n02102040]; all 1000 where absent. Labels follow their sorted order.")]
    public IReadOnlyList<string>? Classes { get; init; }

    /// <value>all</value>
    [Description("Uses the first so many of the 1000 classes, in sorted order of their WordNet ids. Not together with 'classes'.")]
    [Range(2, 1000)]
    public int? ClassCount { get; init; }
}
