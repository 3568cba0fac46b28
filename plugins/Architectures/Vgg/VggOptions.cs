using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Architectures.Vgg;

/// <summary>Options of <see cref="VggArchitecture"/>.</summary>
public sealed record VggOptions
{
    /// <value>11</value>
    [Description("Layers with weights: 11, 13, 16 or 19 (configurations A, B, D and E of the paper).")]
    [AllowedValues(11, 13, 16, 19, ErrorMessage = "depth of VGG is 11, 13, 16 or 19.")]
    public int Depth { get; init; } = 11;

    /// <value>1</value>
    [Description("Multiplies every number of channels and the head's 4096, for small machines; in (0, 4].")]
    [Range(0.0, 4.0, MinimumIsExclusive = true, ErrorMessage = "width is above 0 and at most 4.")]
    public double Width { get; init; } = 1;
}
