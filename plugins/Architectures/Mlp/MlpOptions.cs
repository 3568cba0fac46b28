using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Harness.Architectures.Mlp;

/// <summary>Options of <see cref="MlpArchitecture"/>.</summary>
public sealed record MlpOptions
{
    /// <value>3</value>
    [Description("Layers with weights, the head among them, from 1 (a linear classifier) to 100.")]
    [Range(1, 100, ErrorMessage = "depth of an MLP is from 1 to 100.")]
    public int Depth { get; init; } = 3;

    /// <value>512</value>
    [Description("Units of each hidden layer, from 1 to 65536.")]
    [Range(1, 65536, ErrorMessage = "width of an MLP, its units in a hidden layer, is from 1 to 65536.")]
    public int Width { get; init; } = 512;

    /// <value>true</value>
    [Description("Whether layers have biases. Without them the logits are homogeneous of degree depth in the weights.")]
    public bool Bias { get; init; } = true;
}
