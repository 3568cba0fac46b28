using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>How layers are measured.</summary>
public sealed record LayersOptions
{
    /// <value>averaged</value>
    [Description("What a convolution's activations are taken for: averaged over positions, one number a channel, or flattened, one a channel and position, which wants 8 C p bytes for each layer, p numbers.")]
    public Positions Positions { get; init; } = Positions.Averaged;

    /// <value>128</value>
    [Description("Images in a forward pass: less for large images, where memory is short. Does not change the numbers but for rounding.")]
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 128;
}
