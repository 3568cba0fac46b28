namespace Harness.Metrics.NeuralCollapse.Layers;

/// <summary>What becomes of the positions of an activation map.</summary>
public enum Positions
{
    /// <summary>Their average: one number a channel.</summary>
    Averaged,

    /// <summary>Each is a dimension of its own.</summary>
    Flattened,
}
