using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Training;

/// <summary>What a cell's process tells its parent: one JSON object a line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Trained), "trained")]
[JsonDerivedType(typeof(Measured), "measured")]
public abstract record CellMessage
{
    /// <summary>Network and data are ready.</summary>
    /// <param name="Epoch">The last epoch of an earlier attempt it goes on from; 0 for a fresh start.</param>
    /// <param name="Parameters">Trainable parameters.</param>
    /// <param name="Images">Training images.</param>
    public sealed record Started(int Epoch, long Parameters, int Images) : CellMessage;

    /// <summary>An epoch's steps are done.</summary>
    /// <param name="Epoch">From 1.</param>
    /// <param name="Loss">Mean cross-entropy, nats.</param>
    /// <param name="Error">Share of images wrong while training, in [0,1].</param>
    /// <param name="ImagesPerSecond">Training images a second.</param>
    public sealed record Trained(int Epoch, double Loss, double Error, double ImagesPerSecond) : CellMessage;

    /// <summary>An epoch was measured.</summary>
    /// <param name="Epoch">From 1.</param>
    /// <param name="TerminalPhaseEpoch">Where the terminal phase has begun by then, its first epoch.</param>
    /// <param name="Seconds">How long it took.</param>
    /// <param name="Scalars">The numbers, without curves and failures.</param>
    public sealed record Measured(int Epoch, int? TerminalPhaseEpoch, double Seconds, IReadOnlyList<Scalar> Scalars) : CellMessage;

    /// <summary>A number that was measured.</summary>
    /// <param name="Id">metric/name.</param>
    /// <param name="Value">The number.</param>
    /// <param name="Split">The images, or null where it is of the weights alone.</param>
    public sealed record Scalar(string Id, double Value, Split? Split = null);

    /// <summary>The line that says it.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Json.Line);

    /// <summary>The message of a line, or null where the line is none: a library may print too.</summary>
    /// <param name="line">A line of the process's standard output.</param>
    public static CellMessage? FromLine(string line)
    {
        if (!line.StartsWith('{')) return null;
        try
        {
            return JsonSerializer.Deserialize<CellMessage>(line, Json.Line);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
