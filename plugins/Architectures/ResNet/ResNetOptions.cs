using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Architectures.ResNet;

/// <summary>Options of <see cref="ResNetArchitecture"/>.</summary>
public sealed record ResNetOptions
{
    /// <value>18</value>
    [Description("Layers with weights: 18 or 34 (basic blocks), 50, 101 or 152 (bottlenecks).")]
    [AllowedValues(18, 34, 50, 101, 152, ErrorMessage = "depth of ResNet is 18, 34, 50, 101 or 152.")]
    public int Depth { get; init; } = 18;

    /// <value>1</value>
    [Description("Multiplies every number of channels, for small machines; in (0, 4].")]
    [Range(0.0, 4.0, MinimumIsExclusive = true, ErrorMessage = "width is above 0 and at most 4.")]
    public double Width { get; init; } = 1;

    /// <value><see cref="ResNetStem.Auto"/></value>
    [Description("First layers: small (3x3, keeps the resolution), imagenet (7x7 and max-pooling, divides it by 4), " +
        "auto (small below 128 pixels).")]
    [EnumDataType(typeof(ResNetStem), ErrorMessage = "stem is auto, small or imagenet.")]
    public ResNetStem Stem { get; init; }
}
