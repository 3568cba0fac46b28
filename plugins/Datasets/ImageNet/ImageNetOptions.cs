using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.ImageNet;

/// <summary>Which part of ImageNet, and how large its images are. Both are the host's keys, taken over: only the folders of the classes are listed, and a JPEG is decoded no larger than needed.</summary>
public sealed record ImageNetOptions
{
    /// <value>224</value>
    [Description("Height and width in pixels: the shorter side is resized to 256/224 of it, the centre is cropped to it.")]
    [Range(8, 1024)]
    public int ImageSize { get; init; } = 224;

    /// <value>all</value>
    [Description("The first so many of the 1000 classes, or a list of their WordNet ids, such as [n01440764, n02102040]; all where absent.")]
    public ClassSelection? Classes { get; init; }
}
