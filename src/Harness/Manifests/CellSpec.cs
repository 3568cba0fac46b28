using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Manifests;

/// <summary>One cell of the matrix: an architecture on a data set with a seed. Says all that decides its numbers, and what people call it.</summary>
public sealed record CellSpec
{
    /// <summary>What a reader calls it: "ResNet18 on MNIST, seed 0" is named by its three labels, "ResNet18/mnist/0", and in a sweep by its rate too, "ResNet18/mnist/0/lr=0.06786".</summary>
    public string Name => $"{Architecture.Label}/{Dataset.Label}/{Seed}" + (Swept ? $"/lr={SweepRates.Label(Training.LearningRate)}" : "");

    /// <summary>The network.</summary>
    public required PluginUse Architecture { get; init; }

    /// <summary>The images.</summary>
    public required DatasetUse Dataset { get; init; }

    /// <summary>The set whose test images are measured as out of distribution; null where nothing is measured of such.</summary>
    public DatasetUse? OutOfDistribution { get; init; }

    /// <summary>Root of the cell's randomness: initial weights and the order of the images.</summary>
    public required long Seed { get; init; }

    /// <summary>How it is trained.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>
    /// Whether its learning rate is one of a sweep's, of which the report chooses one for each architecture and data set. Says only that: the cell is the same as one that has this rate alone.
    /// </summary>
    public bool Swept { get; init; }

    /// <summary>The epochs at the end of which it is measured, rising, within 1 .. Training.Epochs. The terminal phase's first and the last epoch are always added.</summary>
    public required IReadOnlyList<int> MeasuredEpochs { get; init; }

    /// <summary>What is measured.</summary>
    public required IReadOnlyList<MetricUse> Metrics { get; init; }

    /// <summary>What its process may use; no part of what the cell is.</summary>
    public CellLimits Limits { get; init; } = new();

    /// <summary>How often it is tried again; no part of what the cell is.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>What the manifest's overrides say of themselves, in their order: for people, and not part of what the cell is.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A plugin with its options as a manifest uses it.</summary>
/// <param name="Label">What the manifest and the report call it; a plugin may be used under several labels with different options.</param>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Options">Every option of the plugin, defaults included, in camelCase; an empty object where it takes none.</param>
public sealed record PluginUse(string Label, string Plugin, JsonObject Options);

/// <summary>A data set as a manifest uses it: the plugin and what the host does to its images.</summary>
public sealed record DatasetUse
{
    /// <summary>What the manifest and the report call it.</summary>
    public required string Label { get; init; }

    /// <summary>The plugin's name.</summary>
    public required string Plugin { get; init; }

    /// <summary>Every option of the plugin, defaults included, in camelCase.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The options every data set has, whatever its plugin.</summary>
    public required SubsampleOptions Subsample { get; init; }

    /// <summary>The shape before padding that its images are brought to, where a network trained on another set is shown them; else null.</summary>
    public ImageShape? BroughtTo { get; init; }

    /// <summary>The classes used, whether host or plugin leaves out the others; null for all.</summary>
    public ClassSelection? ClassesUsed() => Subsample.Classes ?? Options[ClassSelection.Option].Deserialize<ClassSelection>();

    /// <summary>Height and width the images are resized to, by host or plugin; null where they are as they are.</summary>
    public int? SizeUsed() => Subsample.ImageSize ?? Options["imageSize"].Deserialize<int?>();
}

/// <summary>A metric as a manifest uses it.</summary>
/// <param name="Plugin">The plugin's name, which is its label too: a metric is used once.</param>
/// <param name="Options">Every option of the plugin, defaults included, in camelCase.</param>
/// <param name="At">At which of the measured epochs.</param>
public sealed record MetricUse(string Plugin, JsonObject Options, MeasureAt At);
