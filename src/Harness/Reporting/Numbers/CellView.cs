using Harness.Manifests;
using Harness.Results;

namespace Harness.Reporting.Numbers;

/// <summary>A cell as the report reads it: what the page needs, and none of the records it was read from, so that a large run fits into memory.</summary>
/// <param name="place">Its place in the plan, from 0.</param>
/// <param name="record">What is known of it.</param>
internal sealed class CellView(int place, CellRecord record)
{
    /// <summary>Its place in the plan, from 0.</summary>
    public int Place { get; } = place;

    /// <summary>Its content key.</summary>
    public string Key { get; } = record.Key;

    /// <summary>What it is.</summary>
    public CellSpec Spec { get; } = record.Spec;

    /// <summary>How it ended; null while it waits or runs.</summary>
    public CellResult? Result { get; } = record.Result;

    /// <summary>Id of its section in the page.</summary>
    public string Anchor => $"cell-{Place + 1}";

    /// <summary>Its scalars against the epoch.</summary>
    public IReadOnlyList<Curve> Curves { get; } = Curve.Of(record.Measurements);

    /// <summary>What metrics gave instead of numbers.</summary>
    public IReadOnlyList<MetricError> MetricErrors { get; } = MetricError.Of(record.Measurements);

    /// <summary>Clock times over all epochs, or null where none is known.</summary>
    public CellTime? Time { get; } = CellTime.Of(record.Timings);

    /// <summary>Whether it ran to its end.</summary>
    public bool Done => Result?.Outcome == Outcome.Done;

    /// <summary>Whether it ended otherwise. A cell that was asked to stop has not failed: the same command continues it.</summary>
    public bool Failed => Result is { Outcome: not (Outcome.Done or Outcome.Cancelled) };

    /// <summary>First epoch of the terminal phase, or null; known as soon as it has begun.</summary>
    public int? TerminalPhaseEpoch => Result?.TerminalPhaseEpoch ?? Trained?.TerminalPhaseEpoch;

    /// <summary>First epoch without any training error, or null; known as soon as there was one.</summary>
    public int? ZeroErrorEpoch => Result?.ZeroErrorEpoch ?? Trained?.ZeroErrorEpoch;

    /// <summary>The last epoch trained, or null.</summary>
    public EpochRecord? Trained { get; } = record.Epochs.Count > 0 ? record.Epochs[^1] : null;

    /// <summary>Last measured epoch, or null.</summary>
    public int? LastEpoch { get; } = record.Measurements.Count > 0 ? record.Measurements.Max(m => m.Epoch) : null;

    /// <summary>How it stands, in a word or two: "done", "out of memory", "running", "not run".</summary>
    public string State => Result switch
    {
        { Outcome: Outcome.Done } => "done",
        { Outcome: Outcome.OutOfMemory } => "out of memory",
        { Outcome: Outcome.NativeAbort } => "native abort",
        { Outcome: Outcome.PluginFault } => "plugin fault",
        { Outcome: Outcome.DataFault } => "data fault",
        { Outcome: Outcome.DeviceFault } => "device fault",
        { Outcome: var outcome } => outcome.ToString().ToLowerInvariant(),
        null when Time is not null || LastEpoch is not null => "unfinished",
        null => "not run",
    };

    /// <summary>A quantity's curve; an empty one where it was not measured.</summary>
    public Curve this[Reading reading] => Curves.FirstOrDefault(c => c.Id == reading.Id && c.Split == reading.Split) ?? new(reading.Id, reading.Split, []);

    /// <summary>What a quantity was at the first terminal-phase epoch and at the last measured epoch; null unless the cell is done, the terminal phase lasted, and both are finite.</summary>
    public (double From, double To)? InTerminalPhase(Reading reading) =>
        Done && TerminalPhaseEpoch < LastEpoch && this[reading].At(TerminalPhaseEpoch) is { } from && this[reading].At(LastEpoch) is { } to
        && double.IsFinite(from) && double.IsFinite(to) ? (from, to) : null;

    /// <summary>By how much a quantity changed from the first terminal-phase epoch to the last measured epoch; null as above.</summary>
    public double? ChangeInTerminalPhase(Reading reading) => InTerminalPhase(reading) is var (from, to) ? to - from : null;
}
