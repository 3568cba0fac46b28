using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Architectures.DenseNet;

/// <summary>Options of <see cref="DenseNetArchitecture"/>.</summary>
public sealed record DenseNetOptions
{
    /// <value>40</value>
    [Description("Layers with weights: 40, 100 or 250 (three blocks, for small images), 121, 169 or 201 (four blocks, for large ones).")]
    [AllowedValues(40, 100, 250, 121, 169, 201, ErrorMessage = "depth of DenseNet is 40, 100, 121, 169, 201 or 250.")]
    public int Depth { get; init; } = 40;

    /// <value>Null: as published, 12 at depth 40 and 100, 24 at 250, 32 at 121, 169 and 201.</value>
    [Description("Channels each layer adds, before the width; as published where absent: 12 at depth 40 and 100, 24 at 250, else 32.")]
    [Range(Channels.Fewest, 256, ErrorMessage = "growth is from 4 to 256.")]
    public int? Growth { get; init; }

    /// <value>1</value>
    [Description("Multiplies the growth, and so every number of channels, for small machines; in (0, 4].")]
    [Range(0.0, 4.0, MinimumIsExclusive = true, ErrorMessage = "width is above 0 and at most 4.")]
    public double Width { get; init; } = 1;

    /// <value><see cref="DenseNetStem.Auto"/></value>
    [Description("First layers: small (3x3, keeps the resolution), imagenet (7x7 and max-pooling, divides it by 4), " +
        "auto (imagenet from 128 pixels at depth 121, 169 and 201, else small).")]
    [EnumDataType(typeof(DenseNetStem), ErrorMessage = "stem is auto, small or imagenet.")]
    public DenseNetStem Stem { get; init; }
}
