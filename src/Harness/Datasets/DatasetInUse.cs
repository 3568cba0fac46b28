using Harness.Manifests;

namespace Harness.Datasets;

/// <summary>A plugin's data set as a cell uses it: of the classes and the size that its manifest asks for. What is left to do, subsample and padding, is done as images are loaded.</summary>
public static class DatasetInUse
{
    /// <summary>Lays the manifest's classes and size over a set; the set itself where it asks for neither. Touches no file.</summary>
    /// <param name="dataset">The plugin's set.</param>
    /// <param name="options">What the manifest says.</param>
    /// <exception cref="PluginOptionException">The set has no such classes.</exception>
    public static IDataset Of(IDataset dataset, SubsampleOptions options)
    {
        if (options.Classes is { } classes) dataset = new ClassSubset(dataset, classes);
        if (options.ImageSize is { } side) dataset = new ResizedDataset(dataset, side);
        return dataset;
    }

    /// <summary>The same of a data set as a manifest uses it, brought to the shape of another's images where it is used so.</summary>
    /// <param name="dataset">The plugin's set.</param>
    /// <param name="use">What the manifest says.</param>
    /// <exception cref="PluginOptionException">The set has no such classes, or cannot be brought to that shape.</exception>
    public static IDataset AsUsed(IDataset dataset, DatasetUse use)
    {
        var chosen = Of(dataset, use.Subsample);
        return use.BroughtTo is { } shape ? new FittedDataset(chosen, shape) : chosen;
    }

    /// <summary>Checks that a set's images fit into the padding.</summary>
    /// <param name="card">The set's card, classes and size laid over it.</param>
    /// <param name="options">What the manifest says.</param>
    /// <exception cref="PluginOptionException">They do not.</exception>
    public static void CheckPadding(DatasetCard card, SubsampleOptions options)
    {
        var longer = Math.Max(card.Shape.Height, card.Shape.Width);
        if (options.PadTo < longer)
            throw new PluginOptionException("padTo", $"'padTo' is {options.PadTo}, and the images are {card.Shape} already: padding only adds; to make them smaller say imageSize: {options.PadTo}.");
    }
}
