using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Datasets.PlantedLinear;

/// <summary>What is planted.</summary>
public sealed record PlantedLinearOptions
{
    /// <value>true</value>
    [Description("Whether a linear classifier without bias separates the classes. Where not, a fifth of the images lie on a line through the origin, three on the right side to one on the wrong.")]
    public bool Separable { get; init; } = true;

    /// <value>4</value>
    [Description("Height and width in pixels, an even number.")]
    [Range(2, 32)]
    public int Side { get; init; } = 4;

    /// <value>80</value>
    [Description("Training images of both classes together, a multiple of 20. What is planted holds for all of them: leave trainPerClass out.")]
    [Range(20, 100_000)]
    public int TrainImages { get; init; } = 80;

    /// <value>40</value>
    [Description("Test images, a multiple of 20: others on the same pattern.")]
    [Range(20, 100_000)]
    public int TestImages { get; init; } = 40;

    /// <value>0</value>
    [Description("Seed of the pattern and of all images.")]
    public long Seed { get; init; }
}
