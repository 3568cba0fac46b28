using System.Globalization;

namespace Harness.Datasets.PlantedLinear;

/// <summary>
/// Two classes of which the maximum-margin direction, its margin and, where they cannot be separated, the best offset are known in closed form: what gradient descent on a linear classifier tends to
/// (Soudry et al. 2018, Ji and Telgarsky 2019) can be held against them.
/// </summary>
[Plugin("planted-linear", Summary = "Two classes with a planted maximum-margin direction, separable or not: what gradient descent on a linear classifier tends to is known.")]
public sealed class PlantedLinearDataset : IDataset
{
    /// <summary>What a number of images is a multiple of: couples of support vectors then stay together, and the images on the line divide as three to one.</summary>
    private const int Multiple = 20;

    // Counts up with every change to a pixel of any image.
    private const int Generation = 1;

    private readonly PlantedLinearOptions options;

    /// <summary>Makes no image yet.</summary>
    /// <param name="options">What is planted.</param>
    /// <exception cref="PluginOptionException">A number of images is no multiple of 20, or the side is odd.</exception>
    public PlantedLinearDataset(PlantedLinearOptions options)
    {
        if (options.Side % 2 != 0) throw new PluginOptionException("side", Text($"'side' is {options.Side} and must be even: half of the pixels balance the other half."));
        foreach (var (name, count) in new[] { ("trainImages", options.TrainImages), ("testImages", options.TestImages) })
            if (count % Multiple != 0) throw new PluginOptionException(name, Text($"'{name}' is {count} and must be a multiple of {Multiple}."));
        this.options = options;
        Card = new()
        {
            Title = "Planted linear",
            ClassNames = ["against the pattern", "with the pattern"],
            Shape = new(1, options.Side, options.Side),
            TrainCount = options.TrainImages,
            TestCount = options.TestImages,
            Standardisation = new([0.5], [0.5]),
            Licence = "Made by the harness; public domain (CC0)",
            Citation = "None: a synthetic data set of this harness",
        };
    }

    /// <inheritdoc/>
    public DatasetCard Card { get; }

    /// <inheritdoc/>
    public string Fingerprint(DataRoot data) => Text(
        $"planted-linear generation {Generation}: seed {options.Seed}, side {options.Side}, {options.TrainImages} + {options.TestImages}, {(options.Separable ? "separable" : "not separable")}");

    /// <inheritdoc/>
    public ImageSource Open(Split split, DataRoot data) => new Plant(options).Images(split);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
