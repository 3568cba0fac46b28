namespace Harness.Architectures.DenseNet;

/// <summary>What a depth stands for in the paper.</summary>
/// <param name="Layers">Dense layers of each block.</param>
/// <param name="Growth">Channels each layer adds (k).</param>
/// <param name="Compact">DenseNet-BC: layers with a 1x1 bottleneck of 4k channels, transitions that halve the channels.</param>
internal sealed record Design(int[] Layers, int Growth, bool Compact)
{
    /// <summary>Whether the paper made it for images of 224 pixels (its table 1) and not of 32.</summary>
    public bool ForLargeImages => Layers.Length == 4;

    /// <summary>The design of one of the published depths.</summary>
    public static Design Of(int depth) => depth switch
    {
        40 => new([12, 12, 12], 12, Compact: false),
        100 => new([16, 16, 16], 12, Compact: true),
        250 => new([41, 41, 41], 24, Compact: true),
        121 => new([6, 12, 24, 16], 32, Compact: true),
        169 => new([6, 12, 32, 32], 32, Compact: true),
        201 => new([6, 12, 48, 32], 32, Compact: true),
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "No such DenseNet."),
    };
}
