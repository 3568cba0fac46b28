namespace Harness.Architectures.ResNet;

/// <summary>
/// Residual networks (He et al. 2016, arXiv:1512.03385, table 1) for images large and small. The last-layer features are averages over
/// positions: p = 512 x width with basic blocks, 2048 x width with bottlenecks.
/// </summary>
/// <remarks>
/// Convolutions have no bias; a bottleneck strides in its 3x3 convolution; a shortcut that changes shape is a 1x1 convolution and
/// batch norm (option B). Any number of channels, any image that can be halved as often as the stem and the stages do it.
/// </remarks>
/// <param name="options">Depth, width and stem.</param>
[Plugin("resnet", Summary = "ResNet 18, 34, 50, 101 or 152 with a stem for small or large images (p = 512 or 2048)")]
public sealed class ResNetArchitecture(ResNetOptions options) : IArchitecture
{
    private const int LargeSide = 128;

    /// <inheritdoc/>
    public Classifier Build(ImageShape input, int classes)
    {
        Requirements.CheckOptions(options);
        var small = options.Stem switch
        {
            ResNetStem.Small => true,
            ResNetStem.Imagenet => false,
            _ => Math.Min(input.Height, input.Width) < LargeSide,
        };
        if (small) Requirements.CheckTask(input, classes, smallestSide: 8, "the three halvings of ResNet");
        else Requirements.CheckTask(input, classes, smallestSide: 32, "the five halvings of ResNet with stem: imagenet");
        return new ResidualNetwork(options.Depth, options.Width, small, input.Channels, classes);
    }
}
