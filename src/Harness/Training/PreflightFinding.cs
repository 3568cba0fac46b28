using System.Text.Json.Serialization;

namespace Harness.Training;

/// <summary>One line of what the preflight child prints.</summary>
public sealed record PreflightFinding
{
    /// <summary>Names of the cells it is about.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>Training images, where the data set is whole.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Test images, where the data set is whole.</summary>
    public int? TestCount { get; init; }

    /// <summary>Trainable parameters, where the network can be built.</summary>
    public long? Parameters { get; init; }

    /// <summary>Feature dimension p, where the network can be built.</summary>
    public long? FeatureDimension { get; init; }

    /// <summary>What is wrong with the data set.</summary>
    public string? DataFault { get; init; }

    /// <summary>Why the network cannot be built.</summary>
    public string? NetworkFault { get; init; }

    /// <summary>The option at fault where the architecture refused its options; empty where it is not one of them, null where it did not.</summary>
    public string? Option { get; init; }

    /// <summary>Whatever is wrong, or null.</summary>
    [JsonIgnore]
    public string? Fault => NetworkFault ?? DataFault;
}
