using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Results;

namespace Harness.Training;

/// <summary>What a cell's process tells its parent: one JSON object a line on its standard output.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Started), "started")]
[JsonDerivedType(typeof(Trained), "trained")]
[JsonDerivedType(typeof(Measured), "measured")]
[JsonDerivedType(typeof(Beat), "beat")]
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
    /// <param name="Seconds">How long it took.</param>
    /// <param name="Scalars">The numbers, without curves and failures.</param>
    /// <param name="TerminalPhaseEpoch">Where the terminal phase has begun by then, its first epoch.</param>
    public sealed record Measured(int Epoch, double Seconds, IReadOnlyList<Scalar> Scalars, int? TerminalPhaseEpoch = null) : CellMessage;

    /// <summary>A number that was measured.</summary>
    /// <param name="Id">metric/name.</param>
    /// <param name="Value">The number.</param>
    /// <param name="Split">The images, or null where it is of the weights alone.</param>
    public sealed record Scalar(string Id, double Value, Split? Split = null);

    /// <summary>Every second: what the working thread is at.</summary>
    /// <param name="Progress">Pieces of work done so far: steps, batches, chunks of images, calls into the network. Stands still where the thread hangs.</param>
    /// <param name="Doing">What it is at, as it follows "it was": "training", "measuring robustness".</param>
    /// <param name="Epoch">The epoch it is in, from 1; 0 before the first.</param>
    /// <param name="Step">The latest training step, from 1; 0 before the first.</param>
    /// <param name="Steps">Steps of the epoch.</param>
    /// <param name="MemoryBytes">Resident memory of the process.</param>
    public sealed record Beat(long Progress, string Doing, int Epoch, int Step, int Steps, long MemoryBytes) : CellMessage;

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
