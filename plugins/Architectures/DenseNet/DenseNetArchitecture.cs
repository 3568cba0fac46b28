namespace Harness.Architectures.DenseNet;

/// <summary>
/// Densely connected networks (Huang et al. 2017, arXiv:1608.06993): every layer of a block sees the outputs of all before it. Depth 40 is
/// the plain design with growth 12; 100 and 250 are DenseNet-BC for small images, 121, 169 and 201 for large ones (table 1).
/// </summary>
/// <remarks>
/// <para>
/// At width 1 and the published growth the last-layer features, averages over positions, have p = 456 (40), 342 (100), 1734 (250),
/// 1024 (121), 1664 (169) and 1920 (201) dimensions. The last batch norm and ReLU belong to the features.
/// </para>
/// <para>
/// The first convolution has twice the growth of channels, so 24 at depth 40. Convolutions have no bias and there is no dropout, as in
/// Papyan, Han and Donoho 2020. Any number of channels, any image that can be halved as often as stem and transitions do it.
/// </para>
/// </remarks>
/// <param name="options">Depth, growth, width and stem.</param>
[Plugin("densenet", Summary = "DenseNet 40, 100, 250 for small images and 121, 169, 201 for large ones (p = 342 to 1920)")]
public sealed class DenseNetArchitecture(DenseNetOptions options) : IArchitecture
{
    private const int LargeSide = 128;

    /// <inheritdoc/>
    public Classifier Build(ImageShape input, int classes)
    {
        Requirements.CheckOptions(options);
        var design = Design.Of(options.Depth);
        var smallStem = options.Stem switch
        {
            DenseNetStem.Small => true,
            DenseNetStem.Imagenet => false,
            _ => !design.ForLargeImages || Math.Min(input.Height, input.Width) < LargeSide,
        };
        var halvings = design.Layers.Length - 1 + (smallStem ? 0 : 2);
        Requirements.CheckTask(input, classes, 1 << halvings, $"the {halvings} halvings of DenseNet{options.Depth}");
        var growth = Channels.Scaled(options.Growth ?? design.Growth, options.Width);
        return new DenseNetwork($"DenseNet{options.Depth}", design with { Growth = growth }, smallStem, input.Channels, classes);
    }
}
