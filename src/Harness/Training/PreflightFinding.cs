using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Planning;
using Harness.Results;

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

    /// <summary>What an image costs the network, where that was asked for and can be counted.</summary>
    public NetworkCost? Cost { get; init; }

    /// <summary>Seconds of training that an image takes, where that was asked for and is soon found.</summary>
    public double? SecondsOfAnImage { get; init; }

    /// <summary>The stage that has come to its end; then the line says nothing else.</summary>
    public PreflightStage? Ended { get; init; }

    /// <summary>What is wrong with the data set.</summary>
    public string? DataFault { get; init; }

    /// <summary>Images out of distribution, where the set that is measured as such is whole.</summary>
    public int? OutOfDistributionCount { get; init; }

    /// <summary>What is wrong with the set that is measured as out of distribution; it costs the metrics that need it, and no cell.</summary>
    public string? OutOfDistributionFault { get; init; }

    /// <summary>Why the network cannot be built.</summary>
    public string? NetworkFault { get; init; }

    /// <summary>The option at fault where the architecture refused its options; empty where it is not one of them, null where it did not.</summary>
    public string? Option { get; init; }

    /// <summary>Whatever is wrong, or null.</summary>
    [JsonIgnore]
    public string? Fault => NetworkFault ?? DataFault ?? (OutOfDistributionFault is { } fault ? $"The set out of distribution cannot be used, and metrics that need it will report nothing: {fault}" : null);

    /// <summary>The line that says it.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.Line);

    /// <summary>The finding of a line, or null where the line is none: a plugin may print too.</summary>
    /// <param name="line">A line of the child's standard output.</param>
    public static PreflightFinding? FromLine(string line)
    {
        if (!line.StartsWith('{')) return null;
        try
        {
            return JsonSerializer.Deserialize<PreflightFinding>(line, Json.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
