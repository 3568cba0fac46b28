using System.Globalization;

namespace Harness.Datasets.Glyphs;

/// <summary>Ten invented handwritten symbols, drawn on demand: a data set that needs no files and is the same on every machine.</summary>
[Plugin("glyphs", Summary = "Ten invented handwritten symbols, 28x28 grey, drawn by the harness: needs no download and is the same on every machine.")]
public sealed class GlyphsDataset : IDataset
{
    // Counts up with every change to a pixel of any image.
    private const int Generation = 1;

    private readonly GlyphsOptions options;

    /// <summary>Draws nothing yet.</summary>
    /// <param name="options">How the glyphs are written.</param>
    /// <exception cref="PluginOptionException">The thickest pen is thinner than the thinnest.</exception>
    public GlyphsDataset(GlyphsOptions options)
    {
        if (options.MaxThickness < options.MinThickness)
        {
            throw new PluginOptionException("maxThickness", Text($"maxThickness is {options.MaxThickness} and must be at least minThickness, which is {options.MinThickness}."));
        }
        this.options = options;
        Card = new()
        {
            Title = "Glyphs",
            ClassNames = [.. Symbol.All.Select(symbol => symbol.Name)],
            Shape = GlyphImages.ImageShape,
            TrainCount = Symbol.All.Count * options.TrainImagesPerClass,
            TestCount = Symbol.All.Count * options.TestImagesPerClass,
            Licence = "Made by the harness; public domain (CC0)",
            Citation = "None: a synthetic data set of this harness",
        };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => Text(
        $"glyphs generation {Generation}: seed {options.Seed}, {options.TrainImagesPerClass} + {options.TestImagesPerClass} a class, warp {options.Warp:R}, elastic {options.Elastic:R}, thickness {options.MinThickness:R} to {options.MaxThickness:R}, nib {options.NibContrast:R}, at most {options.MaxCrumbs} crumbs, noise {options.Noise:R}");

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => new GlyphImages(options, split);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
