namespace Harness.Architectures.Vgg;

/// <summary>
/// VGG with batch norm (Simonyan and Zisserman 2015, arXiv:1409.1556, table 1) as Papyan, Han and Donoho 2020 train it: batch norm stands
/// in the head where dropout stood, and the last-layer features have p = 4096 x width dimensions.
/// </summary>
/// <remarks>
/// Any number of channels, any image from 32x32 up: five poolings divide the sides by 32, and the head takes all positions that are left.
/// A training batch needs at least 2 images: batch norm in the head has no variance of one.
/// </remarks>
/// <param name="options">Depth and width.</param>
[Plugin("vgg", Summary = "VGG 11, 13, 16 or 19 with batch norm, in the head too (p = 4096)")]
public sealed class VggArchitecture(VggOptions options) : IArchitecture
{
    /// <inheritdoc/>
    public Classifier Build(ImageShape input, int classes)
    {
        Requirements.CheckOptions(options);
        Requirements.CheckTask(input, classes, smallestSide: 32, "the five poolings of VGG");
        return new VggNetwork(options, input, classes);
    }
}
